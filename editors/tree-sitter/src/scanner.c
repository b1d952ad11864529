// The inside of a `patch`, whose lines are blank or deeper than the word itself.

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"

enum Token { PATCH, RAW };

// The column of the last `patch`: more than that counts as this.
#define MOST 65535

typedef struct {
    uint16_t column;
} Scanner;

void *tree_sitter_todoc_external_scanner_create(void) {
    static const Scanner fresh = {0};
    Scanner *scanner = ts_malloc(sizeof(Scanner));
    *scanner = fresh;
    return scanner;
}

void tree_sitter_todoc_external_scanner_destroy(void *payload) {
    ts_free(payload);
}

unsigned tree_sitter_todoc_external_scanner_serialize(void *payload, char *buffer) {
    const Scanner *scanner = payload;
    buffer[0] = (char)(scanner->column & 0xff);
    buffer[1] = (char)(scanner->column >> 8);
    return 2;
}

void tree_sitter_todoc_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
    Scanner *scanner = payload;
    scanner->column = 0;
    if (length == 2) {
        scanner->column = (uint16_t)((unsigned char)buffer[0] | ((unsigned char)buffer[1] << 8));
    }
}

static bool is_blank(int32_t character) {
    return character == ' ' || character == '\t';
}

static bool ends_line(TSLexer *lexer) {
    return lexer->lookahead == '\n' || lexer->lookahead == '\r' || lexer->eof(lexer);
}

static bool is_of_name(int32_t character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_' || character == '-';
}

static bool scan_patch(Scanner *scanner, TSLexer *lexer) {
    while (is_blank(lexer->lookahead)) {
        lexer->advance(lexer, true);
    }
    if (lexer->lookahead != 'p') {
        return false;
    }
    uint32_t column = lexer->get_column(lexer);
    for (const char *letter = "patch"; *letter; letter++) {
        if (lexer->lookahead != *letter) {
            return false;
        }
        lexer->advance(lexer, false);
    }
    // `patch = 1` is a key of that name, `patch.x` a reference.
    if (is_of_name(lexer->lookahead) || lexer->lookahead == '.') {
        return false;
    }
    lexer->mark_end(lexer);
    while (is_blank(lexer->lookahead)) {
        lexer->advance(lexer, false);
    }
    if (lexer->lookahead == '=' || lexer->lookahead == ',' || lexer->lookahead == '}' || ends_line(lexer)) {
        return false;
    }
    scanner->column = column > MOST ? MOST : (uint16_t)column;
    lexer->result_symbol = PATCH;
    return true;
}

// From the end of the line of its brace to the start of the line that isn't its own.
static bool scan_raw(const Scanner *scanner, TSLexer *lexer) {
    bool is_first = true;
    bool has_any = false;
    for (;;) {
        uint32_t column = 0;
        while (is_blank(lexer->lookahead)) {
            lexer->advance(lexer, false);
            column++;
        }
        // A comment behind the brace is none of its lines.
        if (is_first && !ends_line(lexer)) {
            return false;
        }
        if (!is_first && !ends_line(lexer) && column <= scanner->column) {
            break;
        }
        while (!ends_line(lexer)) {
            lexer->advance(lexer, false);
        }
        if (lexer->eof(lexer)) {
            lexer->mark_end(lexer);
            break;
        }
        while (lexer->lookahead == '\r') {
            lexer->advance(lexer, false);
        }
        if (lexer->lookahead == '\n') {
            lexer->advance(lexer, false);
        }
        lexer->mark_end(lexer);
        has_any = true;
        is_first = false;
    }
    lexer->result_symbol = RAW;
    return has_any;
}

bool tree_sitter_todoc_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
    Scanner *scanner = payload;
    // While it recovers from an error, the parser takes anything.
    if (valid_symbols[PATCH] && valid_symbols[RAW]) {
        return false;
    }
    if (valid_symbols[RAW]) {
        return scan_raw(scanner, lexer);
    }
    return valid_symbols[PATCH] && scan_patch(scanner, lexer);
}
