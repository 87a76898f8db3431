// SPDX-License-Identifier: MIT
/* Seconds of a sine into the daemon. Arguments: its socket, seconds (2), the node to play into ("" or none: a device_sink of its own). */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "audiomesh_ring_io.h"

enum { channels = 2, rate = 44100, ring_frames = 8192, block_frames = 441 };

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int connect_to(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        fprintf(stderr, "%s is too long\n", path);
        exit(1);
    }
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) fail(path);
    return fd;
}

/* Sends a line, with a descriptor where that is not -1. */
static void send_line(int fd, const char *line, int descriptor) {
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec text = {(void *)line, strlen(line)};
    struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1};
    if (descriptor >= 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = &control;
        message.msg_controllen = sizeof control.bytes;
        struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
    }
    if (sendmsg(fd, &message, 0) != (ssize_t)text.iov_len) fail("send");
}

/* Sends a request and gives the reply's number called id, or 0. Ends the program on {"ok":false,...}. */
static unsigned ask(int fd, const char *request, int descriptor) {
    char reply[4096];
    size_t length = 0;
    send_line(fd, request, descriptor);
    while (length == 0 || reply[length - 1] != '\n') {
        ssize_t got = read(fd, reply + length, sizeof reply - 1 - length);
        if (got <= 0) fail("read");
        length += (size_t)got;
    }
    reply[length] = 0;
    if (strncmp(reply, "{\"ok\":true", 10) != 0) {
        fprintf(stderr, "%s%s", request, reply);
        exit(1);
    }
    const char *id = strstr(reply, "\"id\":");
    return id ? (unsigned)strtoul(id + 5, NULL, 10) : 0;
}

/* A memfd of zeros with room for the ring; the daemon lays it out. */
static int new_memory(size_t *bytes) {
    *bytes = AUDIOMESH_RING_HEADER_BYTES + ring_frames / 16 * sizeof(jam_audio_frame) + ring_frames * channels * sizeof(float);
    int fd = memfd_create("tone", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0 || ftruncate(fd, (off_t)*bytes) != 0) fail("memfd");
    return fd;
}

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void play(audiomesh_ring_writer *writer, double seconds) {
    float block[block_frames * channels];
    const struct timespec pause = {0, 5000000};
    for (unsigned position = 0; position < seconds * rate; position += block_frames) {
        for (unsigned i = 0; i < block_frames; i++) {
            float sample = 0.25f * (float)sin(6.283185307179586 * 440.0 * (position + i) / rate);
            for (unsigned channel = 0; channel < channels; channel++) block[i * channels + channel] = sample;
        }
        for (unsigned done = 0; done < block_frames;) {
            done += audiomesh_ring_write(writer, block + done * channels, block_frames - done, JAM_TIME_UNKNOWN, 0, now_ns());
            if (done < block_frames) nanosleep(&pause, NULL);
        }
    }
    audiomesh_ring_complete(writer);
    while (audiomesh_ring_writable(writer) < writer->ring.high_watermark_frames) nanosleep(&pause, NULL);
}

int main(int count, char **arguments) {
    if (count < 2) {
        fprintf(stderr, "usage: %s SOCKET [SECONDS [NODE]]\n", arguments[0]);
        return 2;
    }
    double seconds = count > 2 ? atof(arguments[2]) : 2;
    const char *into = count > 3 ? arguments[3] : "";
    char line[512];
    size_t bytes;
    int daemon = connect_to(arguments[1]);
    int memory = new_memory(&bytes);
    snprintf(line, sizeof line,
        "{\"cmd\":\"create_node\",\"type\":\"app_source\",\"args\":{\"memfd\":%d,\"frames\":%d,\"channels\":%d,\"rate\":%d}}\n",
        memory, ring_frames, channels, rate);
    unsigned source = ask(daemon, line, memory);
    if (*into) {
        snprintf(line, sizeof line, "{\"cmd\":\"connect\",\"from\":%u,\"to\":\"%s\"}\n", source, into);
    } else {
        unsigned sink = ask(daemon, "{\"cmd\":\"create_node\",\"type\":\"device_sink\"}\n", -1);
        snprintf(line, sizeof line, "{\"cmd\":\"connect\",\"from\":%u,\"to\":%u}\n", source, sink);
    }
    ask(daemon, line, -1);

    void *mapping = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    if (mapping == MAP_FAILED) fail("mmap");
    audiomesh_ring_writer writer;
    int result = audiomesh_ring_open_writer(&writer, mapping, bytes, (uint32_t)getpid());
    if (result != AUDIOMESH_RING_OK) {
        fprintf(stderr, "no ring: %d\n", result);
        return 1;
    }
    play(&writer, seconds);
    printf("%llu frames played\n", (unsigned long long)writer.position);
    return 0;
}
