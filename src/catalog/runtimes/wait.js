process.on('SIGTERM', () => process.exit(143));
const [, server, usual, seconds, status] = process.argv;
let host, port;
try {
  const url = new URL(server.includes('://') ? server : process.env[server]);
  host = url.hostname.replace(/^\[|\]$/g, '');
  port = Number(url.port || usual);
} catch {}
if (!host) {
  console.log(`${server} has no host to wait for`);
  process.exit(0);
}
const end = Date.now() + seconds * 1000;
const ask = () => {
  const socket = require('net').connect({ host, port });
  socket.setTimeout(3000, () => socket.destroy(new Error('no answer')));
  socket.on('connect', () => process.exit(0));
  socket.on('error', fault => {
    console.log(`${host}:${port}: ${fault.message || fault.code}`);
    if (Date.now() > end) process.exit(Number(status));
    setTimeout(ask, 2000);
  });
};
ask();
