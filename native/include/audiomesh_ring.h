// SPDX-License-Identifier: MIT
/*
 * The one ring: lock-free, one writer, one reader, float32 interleaved audio with timestamped frames.
 *
 * The memory may be heap, memfd, a POSIX segment or a mapped GPU buffer; it starts on a 64-byte boundary:
 *
 *     audiomesh_ring_header            384 bytes, each 64-byte line written by one side only
 *     jam_audio_frame[frame_slots]     at frames_offset
 *     float[capacity_frames*channels]  at samples_offset
 *
 * Positions count sample frames (one sample per channel) since the ring was formatted and never wrap; sample frame p lies
 * at index p mod capacity_frames. frame_write and frame_read count jam_audio_frames in the same way.
 *
 * A jam_audio_frame runs from its position to the position of the next one and covers at most 512 sample frames. The writer
 * opens one when 512 are reached, when the flags differ, when JAM_FRAME_DISCONTINUITY is asked for, or when the timestamp is
 * more than half a sample from where the open frame leads. A published frame never changes, so its length is not in it.
 * A writer with neither times nor flags to tell may publish none. A reader that looks at none stores frame_write to frame_read.
 *
 * Publication: samples and frames first, then frame_write (release), then write_position (release). The reader loads
 * write_position (acquire), then frame_write (acquire), so every sample it may read has its frame. It gives room back with
 * frame_read and read_position (release). When samples or frame slots run out a write is short; nothing is overwritten.
 *
 * Neither side trusts the other: geometry is copied and checked once when attaching, and positions of the other side are
 * clamped to what the ring can hold.
 *
 * Values are in the machine's byte order; times are mesh time, signed nanoseconds. audiomesh_ring_io.h reads
 * and writes it. Both compile as C11 and as C++11 (gcc, clang).
 */
#ifndef AUDIOMESH_RING_H
#define AUDIOMESH_RING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define AUDIOMESH_RING_ASSERT(condition) static_assert(condition, #condition)
#else
#define AUDIOMESH_RING_ASSERT(condition) _Static_assert(condition, #condition)
#endif

#define JAM_TIME_UNKNOWN INT64_MIN

enum audiomesh_ring_limits {
    AUDIOMESH_RING_MAGIC = 0x47524d41, /* "AMRG" in little-endian memory */
    AUDIOMESH_RING_VERSION = 1,
    AUDIOMESH_RING_LINE_BYTES = 64,
    AUDIOMESH_RING_HEADER_BYTES = 384,
    AUDIOMESH_RING_MIN_CAPACITY_FRAMES = 16,
    AUDIOMESH_RING_MAX_CAPACITY_FRAMES = 1 << 24,
    AUDIOMESH_RING_MAX_CHANNELS = 64,
    AUDIOMESH_RING_MIN_RATE = 8000,
    AUDIOMESH_RING_MAX_RATE = 768000,
    AUDIOMESH_RING_MIN_FRAME_SLOTS = 16,
    JAM_FRAME_MAX_SAMPLE_FRAMES = 512
};

enum jam_frame_flags {
    JAM_FRAME_PREDICTED = 1,     /* concealment made these samples */
    JAM_FRAME_SILENCE = 2,       /* all samples are zero on purpose */
    JAM_FRAME_DROPOUT = 4,       /* the source lost samples here */
    JAM_FRAME_DISCONTINUITY = 8, /* the first sample does not follow from the one before it */
    JAM_FRAME_GPU_LATE = 16,     /* a GPU was to make these samples and was late */
    JAM_FRAME_ALL_FLAGS = 31
};

enum audiomesh_ring_state {
    AUDIOMESH_RING_OPEN = 0,
    AUDIOMESH_RING_COMPLETED = 1 /* writer: no more will come; reader: nobody reads any more */
};

enum audiomesh_ring_result {
    AUDIOMESH_RING_OK = 0,
    AUDIOMESH_RING_MISALIGNED = -1,
    AUDIOMESH_RING_TOO_SMALL = -2,
    AUDIOMESH_RING_NOT_A_RING = -3,
    AUDIOMESH_RING_OTHER_VERSION = -4,
    AUDIOMESH_RING_BAD_GEOMETRY = -5
};

typedef struct jam_audio_frame {
    uint64_t position;     /* of its first sample frame */
    int64_t timestamp_gpu; /* mesh time of its first sample frame, or JAM_TIME_UNKNOWN */
    uint32_t flags;
    uint32_t sequence;
    uint64_t reserved;
} jam_audio_frame;

/* Constant after formatting. magic is stored last. */
typedef struct audiomesh_ring_layout {
    uint32_t magic;
    uint32_t version;
    uint32_t header_bytes;
    uint32_t capacity_frames;       /* power of two */
    uint32_t channels;
    uint32_t rate;                  /* frames per second */
    uint32_t frame_slots;           /* power of two */
    uint32_t low_watermark_frames;  /* below this fill the writer is late */
    uint32_t high_watermark_frames; /* the writer fills no further */
    uint32_t frames_offset;
    uint64_t samples_offset;
    uint64_t total_bytes;
    uint64_t generation;            /* grows when the same memory is formatted again */
} audiomesh_ring_layout;

typedef struct audiomesh_ring_writer_line {
    uint64_t write_position;
    uint64_t frame_write;
    int64_t heartbeat_ns;   /* mesh time of the last write, short ones included */
    int64_t pause_total_ns; /* time the writer's runtime has stood still, as of its last report */
    uint32_t state;
    uint32_t pid;
    uint64_t reserved[3];
} audiomesh_ring_writer_line;

typedef struct audiomesh_ring_writer_statistics {
    uint64_t refused_frames; /* offered to a write and not taken */
    uint64_t reserved[7];
} audiomesh_ring_writer_statistics;

typedef struct audiomesh_ring_reader_line {
    uint64_t read_position;
    uint64_t frame_read; /* the oldest frame the reader still looks at */
    int64_t heartbeat_ns;
    uint32_t state;
    uint32_t pid;
    uint64_t reserved[4];
} audiomesh_ring_reader_line;

typedef struct audiomesh_ring_reader_statistics {
    uint64_t underruns;
    uint64_t underrun_frames;
    uint64_t reserved[6];
} audiomesh_ring_reader_statistics;

/* Each side's two lines share 128 bytes: processors that fetch lines in pairs never pull the other side's in. */
typedef struct audiomesh_ring_header {
    audiomesh_ring_layout layout;
    uint64_t reserved[8];
    audiomesh_ring_writer_line writer;
    audiomesh_ring_writer_statistics writer_statistics;
    audiomesh_ring_reader_line reader;
    audiomesh_ring_reader_statistics reader_statistics;
} audiomesh_ring_header;

AUDIOMESH_RING_ASSERT(sizeof(jam_audio_frame) == 32);
AUDIOMESH_RING_ASSERT(sizeof(audiomesh_ring_layout) == AUDIOMESH_RING_LINE_BYTES);
AUDIOMESH_RING_ASSERT(offsetof(audiomesh_ring_header, writer) == 128);
AUDIOMESH_RING_ASSERT(offsetof(audiomesh_ring_header, reader) == 256);
AUDIOMESH_RING_ASSERT(sizeof(audiomesh_ring_header) == AUDIOMESH_RING_HEADER_BYTES);

#endif
