// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>A gain.</summary>
public sealed class GainHandle : MeshNode
{
    internal GainHandle(AudioMeshEngine engine, int id)
        : base(engine, id)
    {
    }

    /// <summary>Changes the gain over 5 ms; -120 dB is silence.</summary>
    public Task SetGainAsync(double gainDb, CancellationToken cancellation = default) => SetAsync("db", gainDb, cancellation);
}
