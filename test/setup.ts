import 'reflect-metadata';
import { refuseOtherHosts } from './network-guard.js';

refuseOtherHosts();
