/** Loaded into a measured process before its own code: tells what it used so far whenever the measuring one asks. */
process.on('message', (message) => {
  if (message !== 'usage') return;
  const { user, system } = process.cpuUsage();
  process.send({
    cpuMs: (user + system) / 1_000,
    peakMib: process.resourceUsage().maxRSS / 1_024,
    residentMib: process.memoryUsage.rss() / 1_048_576,
  });
});
// Being asked is no reason to live on.
process.channel?.unref();
