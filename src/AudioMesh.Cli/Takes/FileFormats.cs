// SPDX-License-Identifier: MIT
using AudioMesh.Files;

namespace AudioMesh.Cli.Takes;

/// <summary>Sample formats by the names that options have for them.</summary>
internal static class FileFormats
{
    public static FileSampleFormat Of(string name) => name switch
    {
        "s16" => FileSampleFormat.Int16,
        "s24" => FileSampleFormat.Int24,
        "s32" => FileSampleFormat.Int32,
        _ => FileSampleFormat.Float32,
    };
}
