// SPDX-License-Identifier: MIT
/* The other side of FrameRingNativeTests: reads or writes a ring in a file, or says how the header is laid out. */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "audiomesh_ring_io.h"

#define MOST_FRAMES 300
#define SEGMENT_FRAMES 96
#define GIVE_UP_SECONDS 40

static int fail(const char *what, uint64_t value) {
    fprintf(stderr, "%s: %llu\n", what, (unsigned long long)value);
    return 1;
}

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static uint32_t bits_at(uint64_t seed, uint64_t position, uint32_t channel) {
    return (uint32_t)(mix(seed + position * 64 + channel) >> 32);
}

static uint32_t flags_at(uint64_t position) {
    uint64_t segment = position / SEGMENT_FRAMES % 5;
    return segment == 1 ? JAM_FRAME_PREDICTED : segment == 3 ? JAM_FRAME_DROPOUT | JAM_FRAME_GPU_LATE : 0;
}

static int64_t time_at(uint64_t position, uint32_t rate) {
    return 1000000000000 + (int64_t)((position * 1000000000u + rate / 2) / rate);
}

static int write_ring(void *memory, size_t bytes, uint64_t total, uint64_t seed) {
    static uint32_t samples[MOST_FRAMES * AUDIOMESH_RING_MAX_CHANNELS];
    audiomesh_ring_writer writer;
    int result = audiomesh_ring_open_writer(&writer, memory, bytes, (uint32_t)getpid());
    if (result != AUDIOMESH_RING_OK) return fail("attach", (uint64_t)-result);

    uint32_t channels = writer.ring.channels;
    int64_t end = now_ns() + GIVE_UP_SECONDS * 1000000000LL;
    uint64_t random = seed;
    while (writer.position < total) {
        uint64_t in_segment = SEGMENT_FRAMES - writer.position % SEGMENT_FRAMES;
        uint64_t frames = 1 + mix(++random) % MOST_FRAMES;
        if (frames > in_segment) frames = in_segment;
        if (frames > total - writer.position) frames = total - writer.position;
        for (uint32_t i = 0; i < frames * channels; i++)
            samples[i] = bits_at(seed, writer.position + i / channels, i % channels);
        if (audiomesh_ring_write(&writer, (const float *)(const void *)samples, (uint32_t)frames,
                                 time_at(writer.position, writer.ring.rate), flags_at(writer.position), now_ns()) == 0) {
            if (now_ns() > end) return fail("nobody reads after", writer.position);
            sched_yield();
        }
    }
    audiomesh_ring_complete(&writer);
    return 0;
}

static int check(const audiomesh_ring_reader *reader, const uint32_t *samples, uint32_t count, const jam_audio_frame *first,
                 uint64_t seed) {
    uint64_t position = reader->position - count;
    uint32_t flags = 0;
    for (uint32_t i = 0; i < count * reader->ring.channels; i++) {
        uint64_t at = position + i / reader->ring.channels;
        flags |= flags_at(at);
        if (samples[i] != bits_at(seed, at, i % reader->ring.channels)) return fail("wrong sample at", at);
    }
    int64_t late = first->timestamp_gpu - time_at(position, reader->ring.rate);
    if (first->position != position) return fail("wrong position at", position);
    if (first->flags != flags) return fail("wrong flags at", position);
    if (late < -1 || late > 1) return fail("wrong time at", position);
    return 0;
}

static int read_ring(void *memory, size_t bytes, uint64_t total, uint64_t seed) {
    static uint32_t samples[MOST_FRAMES * AUDIOMESH_RING_MAX_CHANNELS];
    audiomesh_ring_reader reader;
    int result = audiomesh_ring_open_reader(&reader, memory, bytes, (uint32_t)getpid());
    if (result != AUDIOMESH_RING_OK) return fail("attach", (uint64_t)-result);

    int64_t end = now_ns() + GIVE_UP_SECONDS * 1000000000LL;
    uint64_t random = seed;
    while (!audiomesh_ring_is_completed(&reader)) {
        jam_audio_frame first;
        uint32_t count = audiomesh_ring_read(&reader, (float *)(void *)samples, (uint32_t)(1 + mix(++random) % MOST_FRAMES), &first);
        if (count != 0 && check(&reader, samples, count, &first, seed) != 0) return 1;
        if (count == 0) {
            if (now_ns() > end) return fail("nobody writes after", reader.position);
            sched_yield();
        }
    }
    return reader.position == total ? 0 : fail("ended after", reader.position);
}

static int map_and(int (*use)(void *, size_t, uint64_t, uint64_t), char **arguments) {
    struct stat file;
    int descriptor = open(arguments[0], O_RDWR | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &file) != 0) return fail("open", 0);
    void *memory = mmap(NULL, (size_t)file.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) return fail("mmap", (uint64_t)file.st_size);
    return use(memory, (size_t)file.st_size, strtoull(arguments[1], NULL, 10), strtoull(arguments[2], NULL, 10));
}

/* What attaching says to the file as it is. */
static int attach_ring(void *memory, size_t bytes, uint64_t total, uint64_t seed) {
    (void)total;
    (void)seed;
    audiomesh_ring ring;
    printf("%d\n", audiomesh_ring_attach(&ring, memory, bytes));
    return 0;
}

#define SIZE(type) printf("%s %zu\n", #type, sizeof(type))
#define FIELD(type, field) printf("%s.%s %zu\n", #type, #field, offsetof(type, field))

static int print_layout(void) {
    SIZE(jam_audio_frame);
    FIELD(jam_audio_frame, position);
    FIELD(jam_audio_frame, timestamp_gpu);
    FIELD(jam_audio_frame, flags);
    FIELD(jam_audio_frame, sequence);
    FIELD(jam_audio_frame, reserved);
    SIZE(audiomesh_ring_layout);
    FIELD(audiomesh_ring_layout, magic);
    FIELD(audiomesh_ring_layout, version);
    FIELD(audiomesh_ring_layout, header_bytes);
    FIELD(audiomesh_ring_layout, capacity_frames);
    FIELD(audiomesh_ring_layout, channels);
    FIELD(audiomesh_ring_layout, rate);
    FIELD(audiomesh_ring_layout, frame_slots);
    FIELD(audiomesh_ring_layout, low_watermark_frames);
    FIELD(audiomesh_ring_layout, high_watermark_frames);
    FIELD(audiomesh_ring_layout, frames_offset);
    FIELD(audiomesh_ring_layout, samples_offset);
    FIELD(audiomesh_ring_layout, total_bytes);
    FIELD(audiomesh_ring_layout, generation);
    SIZE(audiomesh_ring_writer_line);
    FIELD(audiomesh_ring_writer_line, write_position);
    FIELD(audiomesh_ring_writer_line, frame_write);
    FIELD(audiomesh_ring_writer_line, heartbeat_ns);
    FIELD(audiomesh_ring_writer_line, pause_total_ns);
    FIELD(audiomesh_ring_writer_line, state);
    FIELD(audiomesh_ring_writer_line, pid);
    FIELD(audiomesh_ring_writer_line, reserved);
    SIZE(audiomesh_ring_writer_statistics);
    FIELD(audiomesh_ring_writer_statistics, refused_frames);
    FIELD(audiomesh_ring_writer_statistics, reserved);
    SIZE(audiomesh_ring_reader_line);
    FIELD(audiomesh_ring_reader_line, read_position);
    FIELD(audiomesh_ring_reader_line, frame_read);
    FIELD(audiomesh_ring_reader_line, heartbeat_ns);
    FIELD(audiomesh_ring_reader_line, state);
    FIELD(audiomesh_ring_reader_line, pid);
    FIELD(audiomesh_ring_reader_line, reserved);
    SIZE(audiomesh_ring_reader_statistics);
    FIELD(audiomesh_ring_reader_statistics, underruns);
    FIELD(audiomesh_ring_reader_statistics, underrun_frames);
    FIELD(audiomesh_ring_reader_statistics, reserved);
    SIZE(audiomesh_ring_header);
    FIELD(audiomesh_ring_header, layout);
    FIELD(audiomesh_ring_header, reserved);
    FIELD(audiomesh_ring_header, writer);
    FIELD(audiomesh_ring_header, writer_statistics);
    FIELD(audiomesh_ring_header, reader);
    FIELD(audiomesh_ring_header, reader_statistics);
    return 0;
}

int main(int count, char **arguments) {
    if (count == 2 && strcmp(arguments[1], "layout") == 0) return print_layout();
    if (count == 5 && strcmp(arguments[1], "write") == 0) return map_and(write_ring, arguments + 2);
    if (count == 5 && strcmp(arguments[1], "read") == 0) return map_and(read_ring, arguments + 2);
    if (count == 5 && strcmp(arguments[1], "attach") == 0) return map_and(attach_ring, arguments + 2);
    fprintf(stderr, "layout | (write|read|attach) FILE FRAMES SEED\n");
    return 2;
}
