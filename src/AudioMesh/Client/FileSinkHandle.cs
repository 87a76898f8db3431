// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>A file being recorded. <see cref="MeshNode.RemoveAsync"/> finishes it.</summary>
public sealed class FileSinkHandle : MeshNode
{
    internal FileSinkHandle(AudioMeshEngine engine, int id)
        : base(engine, id)
    {
    }

    /// <summary>Frames written.</summary>
    public Task<long> GetPositionAsync(CancellationToken cancellation = default) =>
        GetAsync("position", value => (long)value.GetDouble(), cancellation);

    /// <summary>Frames lost because the disk was not fast enough.</summary>
    public Task<long> GetLostFramesAsync(CancellationToken cancellation = default) =>
        GetAsync("lost_frames", value => (long)value.GetDouble(), cancellation);
}
