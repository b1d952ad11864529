// Colours texts by the TextMate grammar: reads `[text, …]` from the file that is named, and prints for
// each a list of `[line, first byte, last byte, scope]`.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const oniguruma = require('vscode-oniguruma');
const textmate = require('vscode-textmate');

const [grammarPath, textsPath] = process.argv.slice(2);

/** The scope that colours a token; what stands in embedded YAML has none of ours. */
function colour(scopes) {
    const isPlain = scope => !scope.endsWith('.todoc') || scope.startsWith('constant.character.escape');
    if (scopes.some(scope => scope.startsWith('meta.embedded'))) {
        return undefined;
    }
    return scopes.slice(1).reverse().find(scope => !isPlain(scope));
}

function spans(grammar, text) {
    const all = [];
    let stack = textmate.INITIAL;
    text.split('\n').forEach((line, number) => {
        const result = grammar.tokenizeLine(line, stack);
        stack = result.ruleStack;
        const bytes = index => Buffer.byteLength(line.slice(0, index));
        for (const token of result.tokens) {
            const scope = colour(token.scopes);
            const start = bytes(token.startIndex);
            const end = bytes(Math.min(token.endIndex, line.length));
            const last = all.at(-1);
            if (scope === undefined || start === end) {
                continue;
            }
            if (last && last[0] === number && last[2] === start && last[3] === scope) {
                last[2] = end;
            } else {
                all.push([number, start, end, scope]);
            }
        }
    });
    return all;
}

async function main() {
    const wasm = path.join(path.dirname(require.resolve('vscode-oniguruma')), 'onig.wasm');
    await oniguruma.loadWASM(fs.readFileSync(wasm).buffer);
    const registry = new textmate.Registry({
        onigLib: Promise.resolve({
            createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
            createOnigString: text => new oniguruma.OnigString(text),
        }),
        loadGrammar: async scope =>
            scope === 'source.todoc'
                ? textmate.parseRawGrammar(fs.readFileSync(grammarPath, 'utf8'), grammarPath)
                : { scopeName: scope, patterns: [{ match: '\\S+', name: 'meta.of-another-language' }] },
    });
    const grammar = await registry.loadGrammar('source.todoc');
    const texts = JSON.parse(fs.readFileSync(textsPath, 'utf8'));
    process.stdout.write(JSON.stringify(texts.map(text => spans(grammar, text))));
}

main().catch(error => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
});
