// SPDX-License-Identifier: MIT
namespace AudioMesh.Files;

/// <summary>Tells what a file is by how it begins.</summary>
internal static class FileSignature
{
    public const int Bytes = 16;

    /// <summary>The kind of file that begins with <paramref name="start"/>, null when it is none that we know.</summary>
    public static AudioContainer? Identify(ReadOnlySpan<byte> start) => start switch
    {
        _ when start.StartsWith("RIFF"u8) => AudioContainer.Wav,
        _ when start.StartsWith("RIFX"u8) => AudioContainer.Wav,
        _ when start.StartsWith("RF64"u8) => AudioContainer.Rf64,
        _ when start.StartsWith("BW64"u8) => AudioContainer.Bw64,
        _ when start.StartsWith("riff."u8) => AudioContainer.Wave64,
        _ when start.StartsWith("FORM"u8) => AudioContainer.Aiff,
        _ when start.StartsWith("caff"u8) => AudioContainer.Caf,
        _ when start.StartsWith(".snd"u8) => AudioContainer.Au,
        _ when start.StartsWith("fLaC"u8) => AudioContainer.Flac,
        _ when start.StartsWith("OggS"u8) => AudioContainer.Ogg,
        _ when start.StartsWith("ID3"u8) => AudioContainer.Mpeg,
        [0xFF, var second, ..] when (second & 0xE0) == 0xE0 && (second & 0x06) != 0 => AudioContainer.Mpeg,
        _ => null,
    };
}
