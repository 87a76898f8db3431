// SPDX-License-Identifier: MIT
namespace AudioMesh.Files;

/// <summary>
/// Writes floats to an audio file. For one thread at a time, not a device thread: calls wait for the disk. Nothing is allocated after
/// creation. All members throw <see cref="AudioMeshException"/>: DiskFull when no room is left (the file then ends with the last frame that
/// fitted and stays playable), FileUnreadable when the disk fails; after either, every call but Dispose throws it again. Dispose finishes
/// and closes the file and throws when what was written last could not be stored, but never for a failure already thrown. Calls after
/// Dispose throw InvalidState.
/// </summary>
public interface IAudioFileWriter : IDisposable
{
    /// <summary>Frames accepted so far; after a failure, frames that are in the file.</summary>
    long FramesWritten { get; }

    /// <summary>Appends whole frames. Throws InvalidArgument when <paramref name="interleaved"/> ends within a frame.</summary>
    void Write(ReadOnlySpan<float> interleaved);

    /// <summary>Appends frames of silence, such as a gap in a recording, without using disk space where the file system can.</summary>
    void WriteSilence(long frames);

    /// <summary>
    /// Brings everything written so far to the disk, with a header that makes it playable whatever happens after. Waits for the disk.
    /// FLAC and Ogg keep back what does not yet fill a block or page, at most a second or two.
    /// </summary>
    void Flush();
}
