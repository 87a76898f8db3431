// SPDX-License-Identifier: MIT
namespace AudioMesh.Files;

/// <summary>
/// Reads an audio file as floats. For one thread at a time, not a device thread: calls wait for the disk. Nothing is allocated after
/// opening. Calls after Dispose throw <see cref="AudioMeshException"/> (InvalidState).
/// </summary>
public interface IAudioFileReader : IDisposable
{
    /// <summary>What the file holds. May be read from any thread, also after Dispose.</summary>
    AudioFileInfo Info { get; }

    /// <summary>
    /// Reads as many whole frames as fit into <paramref name="interleaved"/> and returns how many it read: fewer only at the end, then 0.
    /// Throws FileUnreadable when the disk fails.
    /// </summary>
    int Read(Span<float> interleaved);

    /// <summary>
    /// Makes <paramref name="frame"/>, 0 to <see cref="AudioFileInfo.Frames"/>, the next one to be read. Throws InvalidArgument outside of
    /// it.
    /// </summary>
    void Seek(long frame);
}
