// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "library.h"
#include "msl2cpp.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct compiled {
    struct compiled *next;
    char *source;
    void *code;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct compiled *cache;

static char *read_all(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 65536);
    if (file != NULL && text != NULL) {
        text[fread(text, 1, 65535, file)] = 0;
    }

    if (file != NULL) {
        fclose(file);
    }

    return text;
}

static bool write_all(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return false;
    }

    bool written = fputs(text, file) >= 0;
    return fclose(file) == 0 && written;
}

static bool run_compiler(char *const *arguments, const char *messages)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, messages, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t child;
    int status = -1;
    bool started = posix_spawnp(&child, arguments[0], &actions, NULL, arguments, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    while (started && waitpid(child, &status, 0) != child) {
    }

    return started && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void *compile_in(const char *folder, const char *cpp, char **message)
{
    char source[256], output[256], messages[256];
    snprintf(source, sizeof source, "%s/kernel.cpp", folder);
    snprintf(output, sizeof output, "%s/kernel.so", folder);
    snprintf(messages, sizeof messages, "%s/messages", folder);
    // MSL has no double: a literal without suffix is a float.
    char *arguments[] = { "g++", "-std=c++17", "-O2", "-ffp-contract=off", "-fsingle-precision-constant", "-fno-strict-aliasing", "-w", "-shared",
        "-fPIC", "-nostdinc++", "-I", FAKE_METAL_SHIM, source, "-o", output, NULL };
    void *code = NULL;
    if (!write_all(source, cpp)) {
        *message = strdup("the C++ of a library cannot be written");
    } else if (!run_compiler(arguments, messages)) {
        *message = read_all(messages);
    } else if ((code = dlopen(output, RTLD_NOW | RTLD_LOCAL)) == NULL) {
        *message = strdup(dlerror());
    }

    unlink(source);
    unlink(output);
    unlink(messages);
    return code;
}

static void *compile(const char *source, char **message)
{
    char *cpp = msl2cpp(source, message);
    if (cpp == NULL) {
        return NULL;
    }

    char folder[] = "/tmp/fake-metal-XXXXXX";
    void *code = NULL;
    if (mkdtemp(folder) != NULL) {
        code = compile_in(folder, cpp, message);
        rmdir(folder);
    } else {
        *message = strdup("no temporary folder");
    }

    free(cpp);
    return code;
}

void *library_compile(const char *source, char **message)
{
    pthread_mutex_lock(&lock);
    struct compiled *found = cache;
    while (found != NULL && strcmp(found->source, source) != 0) {
        found = found->next;
    }

    void *code = found != NULL ? found->code : compile(source, message);
    if (found == NULL && code != NULL) {
        struct compiled *made = malloc(sizeof *made);
        *made = (struct compiled) { cache, strdup(source), code };
        cache = made;
    }

    pthread_mutex_unlock(&lock);
    return code;
}

bool library_find(void *code, const char *name, struct kernel *kernel)
{
    char symbol[256];
    snprintf(symbol, sizeof symbol, "msl_run_%s", name);
    void *run = dlsym(code, symbol);
    snprintf(symbol, sizeof symbol, "msl_buffers_%s", name);
    const uint32_t *buffers = dlsym(code, symbol);
    if (run == NULL || buffers == NULL) {
        return false;
    }

    kernel->run = (void (*)(void *const *, const struct msl_thread *))run;
    kernel->barrier = dlsym(code, "msl_barrier");
    kernel->buffers = *buffers;
    return true;
}
