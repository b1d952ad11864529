/**
 * @file Shapes of a `.todo` file. As `grammar/todo.pest` it knows shapes and hardly a word: `patch`, whose
 * inside is YAML, and those below, in whose blocks any word is a key. What all other words mean is in the
 * queries, which are made from the table of statements.
 */

/// <reference types="tree-sitter-cli/dsl" />

const WORD = /[A-Za-z_][A-Za-z0-9_-]*/;
const NUMBER = '[0-9]+(\\.[0-9]+)*[A-Za-z%]*';

// Made from the table of statements by tests/suite/grammars.
const OF_KEYS = ['config', 'env', 'labels'];
const OF_OPTIONS = ['build'];
// End of what is made.

/** Rules with commas or line breaks between and around. */
const separated = ($, rule) => seq(
  repeat($._separator),
  optional(seq(rule, repeat(seq(repeat1($._separator), rule)), repeat($._separator))),
);

/** What may follow the head of a statement, before its block. */
const rest = $ => [repeat($._atom), optional(field('value', $.value))];

/** One of some words. */
const words = ($, all) => choice(...all.map(word => alias(word, $.word)));

module.exports = grammar({
  name: 'todoc',

  extras: $ => [/[ \t\uFEFF]/, $.comment],

  externals: $ => [$._patch, $.raw],

  word: $ => $.word,

  rules: {
    source_file: $ => separated($, $._item),

    _item: $ => choice($.statement, $.patch),

    _separator: _ => choice(',', /\r?\n/),

    // The one shape: a head, atoms, perhaps a value, perhaps a block.
    statement: $ => choice(
      seq(field('head', choice($.word, $.string)), ...rest($), optional(field('block', $.block))),
      seq(field('head', words($, OF_KEYS)), ...rest($), optional(field('block', $.keys))),
      seq(field('head', words($, OF_OPTIONS)), ...rest($), optional(field('block', $.options))),
    ),

    block: $ => seq('{', separated($, $._item), '}'),

    // Any word is a key here, those of statements as well, but for one with an atom behind it.
    keys: $ => seq('{', separated($, choice($.key, $.spread)), '}'),

    options: $ => seq('{', separated($, $.key), '}'),

    key: $ => seq(field('head', choice($.word, $.string)), ...rest($)),

    // A value may be missing: `KEY =` is half-typed.
    value: $ => prec.right(seq('=', repeat($._atom))),

    spread: _ => token(seq('..', WORD)),

    // Its lines are blank or deeper than it: the scanner knows.
    patch: $ => seq(
      field('head', alias($._patch, $.word)),
      repeat($._atom),
      '{',
      optional($.raw),
      '}',
    ),

    _atom: $ => choice($._scalar, $.list),

    _scalar: $ => choice($.word, $.string, $.number, $.range, $.reference, $.call),

    list: $ => seq('[', optional(seq($._list_item, repeat(seq(',', $._list_item)))), ']'),

    _list_item: $ => repeat1($._scalar),

    // A dot with nothing behind it is a reference that isn't finished.
    reference: $ => prec.right(seq(
      field('object', $.word),
      repeat1(seq(token.immediate('.'), optional(field('member', alias($._member, $.word))))),
    )),

    call: $ => seq($.reference, token.immediate('('), $.string, ')'),

    word: _ => WORD,

    _member: _ => token.immediate(WORD),

    number: _ => token(new RustRegex(NUMBER)),

    range: _ => token(new RustRegex(`${NUMBER}\\.\\.${NUMBER}`)),

    string: _ => token(/"([^"\\\n\r]|\\[^\n\r])*"/),

    comment: _ => token(/#[^\n\r]*/),
  },
});
