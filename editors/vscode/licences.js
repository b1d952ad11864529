// Writes LICENSE.txt: our licences, and those of the modules that the bundle holds.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '../..');
const { inputs } = JSON.parse(fs.readFileSync(path.join(__dirname, 'dist/meta.json'), 'utf8'));
const modules = Object.keys(inputs).flatMap(input => {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    return found ? [found[1]] : [];
});
const texts = [...new Set(modules)].sort().map(folder => {
    const file = fs.readdirSync(path.join(__dirname, folder)).find(name => /^licen[cs]e/i.test(name));
    if (!file) {
        throw new Error(`${folder} has no licence`);
    }
    const name = folder.split('node_modules/').at(-1);
    return `The bundle holds ${name}:\n\n${fs.readFileSync(path.join(__dirname, folder, file), 'utf8').trim()}\n`;
});
if (texts.length === 0) {
    throw new Error('the bundle holds no module');
}
const own = ['LICENSE-MIT', 'LICENSE-APACHE'].map(file => fs.readFileSync(path.join(ROOT, file), 'utf8').trim() + '\n');
const head = 'todoc is licensed under MIT or Apache 2.0, as you like.\n';
fs.writeFileSync(path.join(__dirname, 'LICENSE.txt'), [head, ...own, ...texts].join(`\n${'-'.repeat(80)}\n\n`));
