// SPDX-License-Identifier: MIT
/*
 * Attaching to, writing and reading the ring of audiomesh_ring.h. No call allocates, locks, waits or calls the system.
 * A writer belongs to one thread at a time, a reader likewise.
 */
#ifndef AUDIOMESH_RING_IO_H
#define AUDIOMESH_RING_IO_H

#include <string.h>

#include "audiomesh_ring.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A ring as one process sees it: checked, and never read from shared memory again. */
typedef struct audiomesh_ring {
    audiomesh_ring_header *header;
    jam_audio_frame *frames;
    float *samples;
    uint32_t capacity_frames;
    uint32_t channels;
    uint32_t rate;
    uint32_t frame_slots;
    uint32_t high_watermark_frames;
} audiomesh_ring;

typedef struct audiomesh_ring_writer {
    audiomesh_ring ring;
    uint64_t position;
    uint64_t frame_write;
    uint64_t open_position;
    int64_t open_timestamp;
    uint32_t open_flags;
    uint32_t has_open_frame;
    uint64_t refused_frames;
} audiomesh_ring_writer;

typedef struct audiomesh_ring_reader {
    audiomesh_ring ring;
    uint64_t position;
    uint64_t frame_read;
} audiomesh_ring_reader;

/* ahead - behind as the ring can hold it: 0..limit, whatever the other side claims. */
static inline uint32_t audiomesh_ring_distance(uint64_t ahead, uint64_t behind, uint32_t limit) {
    int64_t distance = (int64_t)(ahead - behind);
    return distance < 0 ? 0 : distance > (int64_t)limit ? limit : (uint32_t)distance;
}

static inline int64_t audiomesh_ring_nanoseconds(uint32_t frames, uint32_t rate) {
    return (int64_t)(((uint64_t)frames * 1000000000u + rate / 2) / rate);
}

static inline int64_t audiomesh_ring_time_after(int64_t timestamp, uint32_t frames, uint32_t rate) {
    if (timestamp == JAM_TIME_UNKNOWN) return JAM_TIME_UNKNOWN;
    return (int64_t)((uint64_t)timestamp + (uint64_t)audiomesh_ring_nanoseconds(frames, rate));
}

static inline int audiomesh_ring_is_power_of_two_in(uint32_t value, uint32_t least, uint32_t most) {
    return value >= least && value <= most && (value & (value - 1)) == 0;
}

/* Checks everything against bytes and fills ring; an audiomesh_ring_result. */
static inline int audiomesh_ring_attach(audiomesh_ring *ring, void *memory, size_t bytes) {
    audiomesh_ring_header *header = (audiomesh_ring_header *)memory;
    audiomesh_ring_layout *shared = &header->layout;
    audiomesh_ring_layout own;

    if (memory == NULL || (uintptr_t)memory % AUDIOMESH_RING_LINE_BYTES != 0) return AUDIOMESH_RING_MISALIGNED;
    if (bytes < AUDIOMESH_RING_HEADER_BYTES) return AUDIOMESH_RING_TOO_SMALL;
    if (__atomic_load_n(&shared->magic, __ATOMIC_ACQUIRE) != AUDIOMESH_RING_MAGIC) return AUDIOMESH_RING_NOT_A_RING;
    if (__atomic_load_n(&shared->version, __ATOMIC_RELAXED) != AUDIOMESH_RING_VERSION) return AUDIOMESH_RING_OTHER_VERSION;

    own.header_bytes = __atomic_load_n(&shared->header_bytes, __ATOMIC_RELAXED);
    own.capacity_frames = __atomic_load_n(&shared->capacity_frames, __ATOMIC_RELAXED);
    own.channels = __atomic_load_n(&shared->channels, __ATOMIC_RELAXED);
    own.rate = __atomic_load_n(&shared->rate, __ATOMIC_RELAXED);
    own.frame_slots = __atomic_load_n(&shared->frame_slots, __ATOMIC_RELAXED);
    own.low_watermark_frames = __atomic_load_n(&shared->low_watermark_frames, __ATOMIC_RELAXED);
    own.high_watermark_frames = __atomic_load_n(&shared->high_watermark_frames, __ATOMIC_RELAXED);
    own.frames_offset = __atomic_load_n(&shared->frames_offset, __ATOMIC_RELAXED);
    own.samples_offset = __atomic_load_n(&shared->samples_offset, __ATOMIC_RELAXED);
    own.total_bytes = __atomic_load_n(&shared->total_bytes, __ATOMIC_RELAXED);

    if (own.header_bytes != AUDIOMESH_RING_HEADER_BYTES
        || !audiomesh_ring_is_power_of_two_in(own.capacity_frames, AUDIOMESH_RING_MIN_CAPACITY_FRAMES, AUDIOMESH_RING_MAX_CAPACITY_FRAMES)
        || !audiomesh_ring_is_power_of_two_in(own.frame_slots, AUDIOMESH_RING_MIN_FRAME_SLOTS, AUDIOMESH_RING_MAX_CAPACITY_FRAMES)
        || own.channels < 1 || own.channels > AUDIOMESH_RING_MAX_CHANNELS
        || own.rate < AUDIOMESH_RING_MIN_RATE || own.rate > AUDIOMESH_RING_MAX_RATE
        || own.high_watermark_frames < 1 || own.high_watermark_frames > own.capacity_frames
        || own.low_watermark_frames > own.high_watermark_frames
        || own.frames_offset % AUDIOMESH_RING_LINE_BYTES != 0 || own.samples_offset % AUDIOMESH_RING_LINE_BYTES != 0
        || own.frames_offset < AUDIOMESH_RING_HEADER_BYTES)
        return AUDIOMESH_RING_BAD_GEOMETRY;

    uint64_t frame_bytes = (uint64_t)own.frame_slots * sizeof(jam_audio_frame);
    uint64_t sample_bytes = (uint64_t)own.capacity_frames * own.channels * sizeof(float);
    if (own.total_bytes > bytes) return AUDIOMESH_RING_TOO_SMALL;
    if (own.samples_offset < own.frames_offset + frame_bytes
        || own.total_bytes < sample_bytes || own.samples_offset > own.total_bytes - sample_bytes)
        return AUDIOMESH_RING_BAD_GEOMETRY;

    ring->header = header;
    ring->frames = (jam_audio_frame *)((char *)memory + own.frames_offset);
    ring->samples = (float *)((char *)memory + own.samples_offset);
    ring->capacity_frames = own.capacity_frames;
    ring->channels = own.channels;
    ring->rate = own.rate;
    ring->frame_slots = own.frame_slots;
    ring->high_watermark_frames = own.high_watermark_frames;
    return AUDIOMESH_RING_OK;
}

/* Becomes the ring's one writer, going on where the last one stopped; an audiomesh_ring_result. */
static inline int audiomesh_ring_open_writer(audiomesh_ring_writer *writer, void *memory, size_t bytes, uint32_t pid) {
    memset(writer, 0, sizeof *writer);
    int result = audiomesh_ring_attach(&writer->ring, memory, bytes);
    if (result != AUDIOMESH_RING_OK) return result;
    audiomesh_ring_header *header = writer->ring.header;
    writer->position = __atomic_load_n(&header->writer.write_position, __ATOMIC_ACQUIRE);
    writer->frame_write = __atomic_load_n(&header->writer.frame_write, __ATOMIC_ACQUIRE);
    writer->refused_frames = __atomic_load_n(&header->writer_statistics.refused_frames, __ATOMIC_RELAXED);
    __atomic_store_n(&header->writer.pid, pid, __ATOMIC_RELAXED);
    return AUDIOMESH_RING_OK;
}

/* Becomes the ring's one reader, going on where the last one stopped; an audiomesh_ring_result. */
static inline int audiomesh_ring_open_reader(audiomesh_ring_reader *reader, void *memory, size_t bytes, uint32_t pid) {
    memset(reader, 0, sizeof *reader);
    int result = audiomesh_ring_attach(&reader->ring, memory, bytes);
    if (result != AUDIOMESH_RING_OK) return result;
    audiomesh_ring_header *header = reader->ring.header;
    reader->position = __atomic_load_n(&header->reader.read_position, __ATOMIC_ACQUIRE);
    reader->frame_read = __atomic_load_n(&header->reader.frame_read, __ATOMIC_ACQUIRE);
    __atomic_store_n(&header->reader.pid, pid, __ATOMIC_RELAXED);
    return AUDIOMESH_RING_OK;
}

/* Sample frames a write would take now, as far as room for samples goes. */
static inline uint32_t audiomesh_ring_writable(const audiomesh_ring_writer *writer) {
    const audiomesh_ring *ring = &writer->ring;
    uint64_t read = __atomic_load_n(&ring->header->reader.read_position, __ATOMIC_ACQUIRE);
    uint32_t fill = audiomesh_ring_distance(writer->position, read, ring->capacity_frames);
    return fill >= ring->high_watermark_frames ? 0 : ring->high_watermark_frames - fill;
}

/* Sample frames a read would give now. */
static inline uint32_t audiomesh_ring_readable(const audiomesh_ring_reader *reader) {
    uint64_t written = __atomic_load_n(&reader->ring.header->writer.write_position, __ATOMIC_ACQUIRE);
    return audiomesh_ring_distance(written, reader->position, reader->ring.capacity_frames);
}

static inline int audiomesh_ring_continues(const audiomesh_ring_writer *writer, int64_t timestamp, uint32_t flags) {
    uint64_t into = writer->position - writer->open_position;
    if (!writer->has_open_frame || into >= JAM_FRAME_MAX_SAMPLE_FRAMES) return 0;
    if (flags != (writer->open_flags & ~(uint32_t)JAM_FRAME_DISCONTINUITY)) return 0;
    if (timestamp == JAM_TIME_UNKNOWN || writer->open_timestamp == JAM_TIME_UNKNOWN) return timestamp == writer->open_timestamp;
    uint64_t half_sample_ns = 500000000u / writer->ring.rate;
    uint64_t expected = (uint64_t)audiomesh_ring_time_after(writer->open_timestamp, (uint32_t)into, writer->ring.rate);
    return (uint64_t)timestamp - expected + half_sample_ns <= 2 * half_sample_ns;
}

static inline void audiomesh_ring_open_frame(audiomesh_ring_writer *writer, uint64_t position, int64_t timestamp, uint32_t flags) {
    jam_audio_frame *frame = &writer->ring.frames[writer->frame_write & (writer->ring.frame_slots - 1)];
    frame->position = position;
    frame->timestamp_gpu = timestamp;
    frame->flags = flags;
    frame->sequence = (uint32_t)writer->frame_write;
    frame->reserved = 0;
    writer->frame_write++;
    writer->open_position = position;
    writer->open_timestamp = timestamp;
    writer->open_flags = flags;
    writer->has_open_frame = 1;
}

/* Opens the jam_audio_frames that count more sample frames need; how many of them have one. */
static inline uint32_t audiomesh_ring_cover(audiomesh_ring_writer *writer, uint32_t count, int64_t timestamp, uint32_t flags) {
    const audiomesh_ring *ring = &writer->ring;
    uint64_t frame_read = __atomic_load_n(&ring->header->reader.frame_read, __ATOMIC_ACQUIRE);
    uint32_t free_slots = ring->frame_slots - audiomesh_ring_distance(writer->frame_write, frame_read, ring->frame_slots);

    if (count == 0) return 0;
    if (!audiomesh_ring_continues(writer, timestamp, flags)) {
        if (free_slots == 0) return 0;
        free_slots--;
        audiomesh_ring_open_frame(writer, writer->position, timestamp, flags);
    }
    for (;;) {
        uint64_t covered = writer->open_position + JAM_FRAME_MAX_SAMPLE_FRAMES - writer->position;
        if (covered >= count) return count;
        if (free_slots == 0) return (uint32_t)covered;
        free_slots--;
        audiomesh_ring_open_frame(writer, writer->position + covered, audiomesh_ring_time_after(timestamp, (uint32_t)covered, ring->rate),
                                  flags & ~(uint32_t)JAM_FRAME_DISCONTINUITY);
    }
}

/*
 * Writes up to count interleaved sample frames whose first is due at timestamp; returns how many were taken.
 * now_ns: mesh time of this call (CLOCK_MONOTONIC on Linux).
 */
static inline uint32_t audiomesh_ring_write(audiomesh_ring_writer *writer, const float *interleaved, uint32_t count, int64_t timestamp,
                                            uint32_t flags, int64_t now_ns) {
    const audiomesh_ring *ring = &writer->ring;
    audiomesh_ring_writer_line *line = &ring->header->writer;
    uint32_t room = audiomesh_ring_writable(writer);
    uint32_t taken = 0;
    if (__atomic_load_n(&line->state, __ATOMIC_RELAXED) == AUDIOMESH_RING_OPEN)
        taken = audiomesh_ring_cover(writer, count < room ? count : room, timestamp, flags & JAM_FRAME_ALL_FLAGS);

    uint32_t start = (uint32_t)writer->position & (ring->capacity_frames - 1);
    uint32_t first = ring->capacity_frames - start < taken ? ring->capacity_frames - start : taken;
    size_t channels = ring->channels;
    if (taken != 0) {
        memcpy(ring->samples + start * channels, interleaved, first * channels * sizeof(float));
        memcpy(ring->samples, interleaved + first * channels, (taken - first) * channels * sizeof(float));
    }

    writer->position += taken;
    if (taken < count) {
        writer->refused_frames += count - taken;
        __atomic_store_n(&ring->header->writer_statistics.refused_frames, writer->refused_frames, __ATOMIC_RELAXED);
    }
    __atomic_store_n(&line->heartbeat_ns, now_ns, __ATOMIC_RELAXED);
    __atomic_store_n(&line->frame_write, writer->frame_write, __ATOMIC_RELEASE);
    __atomic_store_n(&line->write_position, writer->position, __ATOMIC_RELEASE);
    return taken;
}

/* No more will come: the reader drains what is left. */
static inline void audiomesh_ring_complete(audiomesh_ring_writer *writer) {
    __atomic_store_n(&writer->ring.header->writer.state, (uint32_t)AUDIOMESH_RING_COMPLETED, __ATOMIC_RELEASE);
}

/* Whether the writer has completed and everything it wrote has been read. */
static inline int audiomesh_ring_is_completed(const audiomesh_ring_reader *reader) {
    return __atomic_load_n(&reader->ring.header->writer.state, __ATOMIC_ACQUIRE) == AUDIOMESH_RING_COMPLETED
        && audiomesh_ring_readable(reader) == 0;
}

/*
 * Reads up to count interleaved sample frames; returns how many there were. first describes the first of them: its position,
 * its own timestamp, and the flags of all frames the read touches (a discontinuity only where it lies inside the read).
 */
static inline uint32_t audiomesh_ring_read(audiomesh_ring_reader *reader, float *interleaved, uint32_t count, jam_audio_frame *first) {
    const audiomesh_ring *ring = &reader->ring;
    uint32_t mask = ring->frame_slots - 1;
    uint32_t readable = audiomesh_ring_readable(reader);
    uint32_t taken = count < readable ? count : readable;
    uint64_t frame_write = __atomic_load_n(&ring->header->writer.frame_write, __ATOMIC_ACQUIRE);
    /* A frame covers one sample frame or more, so a read has no more than taken + 2 to look at, whatever the writer claims. */
    uint32_t frames_left = audiomesh_ring_distance(frame_write, reader->frame_read,
                                                   taken + 2 < ring->frame_slots ? taken + 2 : ring->frame_slots);

    first->position = reader->position;
    first->timestamp_gpu = JAM_TIME_UNKNOWN;
    first->flags = 0;
    first->sequence = 0;
    first->reserved = 0;
    if (taken == 0) return 0;

    while (frames_left > 1 && (int64_t)(reader->position - ring->frames[(reader->frame_read + 1) & mask].position) >= 0) {
        reader->frame_read++;
        frames_left--;
    }
    if (frames_left > 0) {
        jam_audio_frame frame = ring->frames[reader->frame_read & mask];
        uint64_t into = reader->position - frame.position;
        if (into < JAM_FRAME_MAX_SAMPLE_FRAMES) {
            first->timestamp_gpu = audiomesh_ring_time_after(frame.timestamp_gpu, (uint32_t)into, ring->rate);
            first->flags = frame.flags & (into == 0 ? JAM_FRAME_ALL_FLAGS : JAM_FRAME_ALL_FLAGS & ~JAM_FRAME_DISCONTINUITY);
            first->sequence = frame.sequence;
        }
    }
    for (; frames_left > 1; frames_left--, reader->frame_read++) {
        jam_audio_frame next = ring->frames[(reader->frame_read + 1) & mask];
        int64_t inside = (int64_t)(reader->position + taken - next.position);
        if (inside < 0) break;
        if (inside > 0) first->flags |= next.flags & JAM_FRAME_ALL_FLAGS;
    }

    uint32_t start = (uint32_t)reader->position & (ring->capacity_frames - 1);
    uint32_t head = ring->capacity_frames - start < taken ? ring->capacity_frames - start : taken;
    size_t channels = ring->channels;
    memcpy(interleaved, ring->samples + start * channels, head * channels * sizeof(float));
    memcpy(interleaved + head * channels, ring->samples, (taken - head) * channels * sizeof(float));

    reader->position += taken;
    __atomic_store_n(&ring->header->reader.frame_read, reader->frame_read, __ATOMIC_RELEASE);
    __atomic_store_n(&ring->header->reader.read_position, reader->position, __ATOMIC_RELEASE);
    return taken;
}

#ifdef __cplusplus
}
#endif

#endif
