// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "msl2cpp.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_INDEX = 30 };

struct translation {
    FILE *body, *trampolines;
    char *message;
};

__attribute__((format(printf, 2, 3))) static void refuse(struct translation *to, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (to->message == NULL && vasprintf(&to->message, format, arguments) < 0) {
        abort();
    }

    va_end(arguments);
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static bool starts_word(const char *text, const char *at, const char *word)
{
    size_t length = strlen(word);
    return strncmp(at, word, length) == 0 && !is_word(at[length]) && (at == text || !is_word(at[-1]));
}

static void blank(char *from, const char *to)
{
    for (; from < to; from++) {
        *from = *from == '\n' ? '\n' : ' ';
    }
}

static void remove_comments(char *text)
{
    for (char *at = text; *at != 0; at++) {
        if (at[0] == '/' && (at[1] == '/' || at[1] == '*')) {
            char *end = strstr(at + 2, at[1] == '/' ? "\n" : "*/");
            blank(at, end == NULL ? at + strlen(at) : at[1] == '/' ? end : end + 2);
        }
    }
}

static char *matching(char *open, char opens, char closes)
{
    int depth = 0;
    for (char *at = open; *at != 0; at++) {
        depth += (*at == opens) - (*at == closes);
        if (depth == 0) {
            return at;
        }
    }

    return NULL;
}

// spirv-cross writes one overload of each operator per address space; without address spaces they are all the same. The shim has the type.
static void remove_arrays(char *text)
{
    char *name = strstr(text, "struct spvUnsafeArray");
    char *open = name == NULL ? NULL : strchr(name, '{');
    char *close = open == NULL ? NULL : matching(open, '{', '}');
    char *start = name;
    while (start != NULL && start > text && !starts_word(text, start, "template")) {
        start--;
    }

    if (close != NULL) {
        blank(start, close + 2);
    }
}

// An attribute such as buffer(2): its name to `name`, its number or -1 returned.
static int attribute(const char *parameter, char *name, size_t size)
{
    int number = -1;
    const char *open = strstr(parameter, "[[");
    name[0] = 0;
    if (open != NULL) {
        open += 2 + strspn(open + 2, " ");
        size_t length = strcspn(open, "( ]");
        snprintf(name, size, "%.*s", (int)length, open);
        sscanf(open + length, " ( %d", &number);
    }

    return number;
}

static void write_argument(struct translation *to, const char *kernel, char *parameter, uint32_t *bound)
{
    static const char *const builtins[] = { "thread_position_in_grid", "threadgroup_position_in_grid", "thread_position_in_threadgroup",
        "threads_per_threadgroup", "threadgroups_per_grid", "threads_per_grid", "thread_index_in_threadgroup" };
    char name[64];
    int index = attribute(parameter, name, sizeof name);
    if (strcmp(name, "buffer") == 0 && index >= 0 && index <= MAX_INDEX) {
        if ((*bound >> index & 1) != 0) {
            refuse(to, "program_source: error: '%s' has two arguments at 'buffer' index %d", kernel, index);
        }

        *bound |= 1u << index;
        *strstr(parameter, "[[") = 0;
        fprintf(to->trampolines, "%s{b[%d]}", strchr(parameter, '&') != NULL ? "msl_reference" : "msl_pointer", index);
        return;
    }

    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
        if (strcmp(name, builtins[i]) == 0) {
            fprintf(to->trampolines, "t->%s", name);
            return;
        }
    }

    refuse(to, "program_source: error: '%s' has an argument the fake does not know: '%s'", kernel, parameter);
}

static void write_trampoline(struct translation *to, const char *kernel, char *parameters)
{
    uint32_t bound = 0;
    int depth = 0;
    char *start = parameters + strspn(parameters, " \n");
    fprintf(to->trampolines, "extern \"C\" void msl_run_%s(void *const *b, const msl_thread *t) { %s(", kernel, kernel);
    for (char *at = start; *start != 0; at++) {
        depth += (*at == '(' || *at == '<' || *at == '[') - (*at == ')' || *at == '>' || *at == ']');
        if (*at == 0 || (*at == ',' && depth == 0)) {
            bool last = *at == 0;
            *at = 0;
            write_argument(to, kernel, start, &bound);
            fputs(last ? "" : ", ", to->trampolines);
            start = last ? at : at + 1;
        }
    }

    fprintf(to->trampolines, "); }\nextern \"C\" { extern const unsigned msl_buffers_%s; const unsigned msl_buffers_%s = %uu; }\n", kernel, kernel, bound);
}

static void read_kernel(struct translation *to, char *at)
{
    char kernel[128];
    char *open = strchr(at, '(');
    char *close = open == NULL ? NULL : matching(open, '(', ')');
    if (close == NULL || sscanf(at, "kernel void %127[A-Za-z0-9_]", kernel) != 1) {
        refuse(to, "program_source: error: a kernel that is no function returning void");
        return;
    }

    char *parameters = strndup(open + 1, close - open - 1);
    write_trampoline(to, kernel, parameters);
    free(parameters);
}

// A variable of the threadgroup, rather than a pointer or reference to one.
static bool declares_variable(const char *at)
{
    return at[strcspn(at, "=*&;")] == ';' || at[strcspn(at, "=*&;")] == '=';
}

static void translate(struct translation *to, char *text)
{
    int braces = 0, parentheses = 0;
    char before = ';';
    for (char *at = text; *at != 0; at++) {
        braces += (*at == '{') - (*at == '}');
        parentheses += (*at == '(') - (*at == ')');
        if (braces == 0 && starts_word(text, at, "kernel")) {
            read_kernel(to, at);
        }

        if (braces > 0 && parentheses == 0 && strchr("{};", before) != NULL && starts_word(text, at, "threadgroup") && declares_variable(at)) {
            fputs("static", to->body);
            at += strlen("threadgroup");
        }

        before = isspace((unsigned char)*at) ? before : *at;
        fputc(*at, to->body);
    }

    if (strstr(text, "threadgroup_barrier") != NULL) {
        fputs("extern \"C\" { extern void (*msl_barrier)(void); void (*msl_barrier)(void) = nullptr; }\n", to->trampolines);
    }
}

char *msl2cpp(const char *source, char **message)
{
    char *text = strdup(source), *body = NULL, *trampolines = NULL, *cpp = NULL;
    size_t size;
    struct translation to = { .body = open_memstream(&body, &size), .trampolines = open_memstream(&trampolines, &size) };
    remove_comments(text);
    remove_arrays(text);
    translate(&to, text);
    fclose(to.body);
    fclose(to.trampolines);
    *message = to.message;
    if (to.message == NULL && asprintf(&cpp, "#include <metal_stdlib>\n#line 1 \"program_source\"\n%s\n%s", body, trampolines) < 0) {
        abort();
    }

    free(text);
    free(body);
    free(trampolines);
    return cpp;
}
