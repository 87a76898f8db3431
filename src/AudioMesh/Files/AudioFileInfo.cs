// SPDX-License-Identifier: MIT
namespace AudioMesh.Files;

/// <summary>What a file says about itself, after its words were checked against its size.</summary>
/// <param name="Path">The file.</param>
/// <param name="Container">The kind of file.</param>
/// <param name="Format">How samples are stored.</param>
/// <param name="Rate">Frames per second, 1000 to 768000.</param>
/// <param name="Channels">1 to 256.</param>
/// <param name="Frames">Frames that can be read.</param>
/// <param name="TimeReference">Frames from midnight to the first sample (EBU Tech 3285), null where the file does not say.</param>
/// <param name="IsTruncated">The file promises more frames than it holds; <paramref name="Frames"/> counts what is there.</param>
public sealed record AudioFileInfo(
    string Path,
    AudioContainer Container,
    FileSampleFormat Format,
    int Rate,
    int Channels,
    long Frames,
    long? TimeReference,
    bool IsTruncated);
