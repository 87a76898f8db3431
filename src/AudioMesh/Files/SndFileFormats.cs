// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Files;

/// <summary>Between our words for formats and libsndfile's.</summary>
internal static class SndFileFormats
{
    /// <summary>How a file of libsndfile's <paramref name="format"/> stores samples.</summary>
    public static FileSampleFormat SamplesOf(int format) => (format & LibSndFile.SF_FORMAT_SUBMASK) switch
    {
        LibSndFile.SF_FORMAT_PCM_S8 or LibSndFile.SF_FORMAT_PCM_U8 => FileSampleFormat.Int8,
        LibSndFile.SF_FORMAT_PCM_16 or LibSndFile.SF_FORMAT_ALAC_16 => FileSampleFormat.Int16,
        LibSndFile.SF_FORMAT_PCM_24 or LibSndFile.SF_FORMAT_ALAC_20 or LibSndFile.SF_FORMAT_ALAC_24 => FileSampleFormat.Int24,
        LibSndFile.SF_FORMAT_PCM_32 or LibSndFile.SF_FORMAT_ALAC_32 => FileSampleFormat.Int32,
        LibSndFile.SF_FORMAT_FLOAT => FileSampleFormat.Float32,
        LibSndFile.SF_FORMAT_DOUBLE => FileSampleFormat.Float64,
        _ => FileSampleFormat.Lossy,
    };

    /// <summary>
    /// libsndfile's format for writing <paramref name="samples"/>, or the best there is, to a file with this extension. Throws
    /// FormatUnsupported.
    /// </summary>
    public static int ToWrite(string path, string extension, FileSampleFormat? samples) => (extension, samples) switch
    {
        (".flac", FileSampleFormat.Int16) => LibSndFile.SF_FORMAT_FLAC | LibSndFile.SF_FORMAT_PCM_16,
        (".flac", FileSampleFormat.Int24 or null) => LibSndFile.SF_FORMAT_FLAC | LibSndFile.SF_FORMAT_PCM_24,
        (".aif" or ".aiff", FileSampleFormat.Int16) => LibSndFile.SF_FORMAT_AIFF | LibSndFile.SF_FORMAT_PCM_16,
        (".aif" or ".aiff", FileSampleFormat.Int24) => LibSndFile.SF_FORMAT_AIFF | LibSndFile.SF_FORMAT_PCM_24,
        (".aif" or ".aiff", FileSampleFormat.Float32 or null) => LibSndFile.SF_FORMAT_AIFF | LibSndFile.SF_FORMAT_FLOAT,
        (".ogg" or ".oga", FileSampleFormat.Lossy or null) => LibSndFile.SF_FORMAT_OGG | LibSndFile.SF_FORMAT_VORBIS,
        (".opus", FileSampleFormat.Lossy or null) => LibSndFile.SF_FORMAT_OGG | LibSndFile.SF_FORMAT_OPUS,
        _ => throw FileErrors.Unsupported(
            path,
            $"'{extension}' is not written with {samples}: .flac takes Int16 and Int24, .aiff also Float32, .ogg and .opus are Lossy"),
    };

    /// <summary>The kind of file that libsndfile's <paramref name="format"/> is; one of those of <see cref="ToWrite"/>.</summary>
    public static AudioContainer ContainerOf(int format) => (format & LibSndFile.SF_FORMAT_TYPEMASK) switch
    {
        LibSndFile.SF_FORMAT_FLAC => AudioContainer.Flac,
        LibSndFile.SF_FORMAT_AIFF => AudioContainer.Aiff,
        _ => AudioContainer.Ogg,
    };
}
