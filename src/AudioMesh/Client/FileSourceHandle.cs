// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>A file being played.</summary>
public sealed class FileSourceHandle : MeshNode
{
    internal FileSourceHandle(AudioMeshEngine engine, int id)
        : base(engine, id)
    {
    }

    /// <summary>Frames in the file, at the file's rate.</summary>
    public Task<long> GetLengthAsync(CancellationToken cancellation = default) =>
        GetAsync("length", value => (long)value.GetDouble(), cancellation);

    /// <summary>Where in the file it is, in frames at the file's rate.</summary>
    public Task<long> GetPositionAsync(CancellationToken cancellation = default) =>
        GetAsync("position", value => (long)value.GetDouble(), cancellation);

    /// <summary>The file's frames per second.</summary>
    public Task<int> GetRateAsync(CancellationToken cancellation = default) => GetAsync("rate", value => value.GetInt32(), cancellation);

    /// <summary>The file's channels.</summary>
    public Task<int> GetChannelsAsync(CancellationToken cancellation = default) => GetAsync("channels", value => value.GetInt32(), cancellation);

    /// <summary>Whether its end was played.</summary>
    public Task<bool> HasEndedAsync(CancellationToken cancellation = default) => GetAsync("ended", value => value.GetBoolean(), cancellation);

    /// <summary>Gaps because the file was not read in time.</summary>
    public Task<long> GetUnderrunsAsync(CancellationToken cancellation = default) =>
        GetAsync("underruns", value => (long)value.GetDouble(), cancellation);

    /// <summary>Jumps to a place in the file.</summary>
    public Task SeekAsync(long frame, CancellationToken cancellation = default) => SetAsync("position", (double)frame, cancellation);

    /// <summary>Begin again at the end, or not.</summary>
    public Task SetLoopAsync(bool loop, CancellationToken cancellation = default) => SetAsync("loop", loop, cancellation);
}
