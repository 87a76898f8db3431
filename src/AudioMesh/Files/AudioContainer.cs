// SPDX-License-Identifier: MIT
namespace AudioMesh.Files;

/// <summary>What kind of file holds the samples.</summary>
public enum AudioContainer
{
    /// <summary>RIFF/WAVE, up to 4 GiB.</summary>
    Wav,

    /// <summary>WAVE beyond 4 GiB (EBU Tech 3306).</summary>
    Rf64,

    /// <summary>WAVE beyond 4 GiB with object metadata (ITU-R BS.2088); the metadata is passed over.</summary>
    Bw64,

    /// <summary>Sony Wave64.</summary>
    Wave64,

    /// <summary>AIFF and AIFF-C.</summary>
    Aiff,

    /// <summary>Core Audio Format.</summary>
    Caf,

    /// <summary>Sun/NeXT audio.</summary>
    Au,

    /// <summary>FLAC.</summary>
    Flac,

    /// <summary>Ogg with Vorbis, Opus or FLAC inside.</summary>
    Ogg,

    /// <summary>MPEG audio.</summary>
    Mpeg,
}
