#!/usr/bin/env node
// Runs the program of this machine, which a package of its own holds, with the same arguments, input and
// output, and ends as it does.
'use strict';

const { spawn } = require('node:child_process');
const os = require('node:os');

const name = `@todoc/cli-${process.platform}-${process.arch}`;

function program() {
    try {
        return require.resolve(`${name}/bin/todoc`);
    } catch {
        console.error(
            `todoc: the package ${name}, which holds the program, isn't installed.\n` +
                'It is an optional dependency of todoc: install without `--omit=optional`, and not from a\n' +
                'node_modules of another machine. Where there is no such package, there is no todoc for this machine.',
        );
        process.exit(2);
    }
}

const child = spawn(program(), process.argv.slice(2), { stdio: 'inherit' });
// What asks this process to end asks the program, which says how it ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
}
child.on('error', error => {
    console.error(`todoc: ${error.message}`);
    process.exit(2);
});
child.on('exit', (status, signal) => process.exit(status ?? 128 + os.constants.signals[signal]));
