import 'reflect-metadata';
import { refuseOtherHosts } from './network-guard.js';

refuseOtherHosts();

// Elsewhere than in production, graphql-js compares types by name as well, which takes a quarter of the time of large queries.
const { NODE_ENV } = process.env;
process.env['NODE_ENV'] = 'production';
await import('graphql/jsutils/instanceOf.js');
process.env['NODE_ENV'] = NODE_ENV;
