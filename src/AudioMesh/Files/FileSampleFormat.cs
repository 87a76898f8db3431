// SPDX-License-Identifier: MIT
namespace AudioMesh.Files;

/// <summary>How a file stores one sample. Readers and writers always speak float, full scale 1.</summary>
public enum FileSampleFormat
{
    /// <summary>8-bit, read only.</summary>
    Int8,

    /// <summary>Signed 16-bit.</summary>
    Int16,

    /// <summary>Signed 24-bit.</summary>
    Int24,

    /// <summary>Signed 32-bit; float keeps its upper 24 bits.</summary>
    Int32,

    /// <summary>IEEE 754 single precision: not clipped, nothing lost.</summary>
    Float32,

    /// <summary>IEEE 754 double precision, read only.</summary>
    Float64,

    /// <summary>A codec that does not keep samples as they are: Vorbis, Opus, MP3, ADPCM, A-law.</summary>
    Lossy,
}
