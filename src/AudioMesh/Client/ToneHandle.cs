// SPDX-License-Identifier: MIT
namespace AudioMesh;

/// <summary>A sine.</summary>
public sealed class ToneHandle : MeshNode
{
    internal ToneHandle(AudioMeshEngine engine, int id)
        : base(engine, id)
    {
    }

    /// <summary>Changes its frequency.</summary>
    public Task SetFrequencyAsync(double frequencyHz, CancellationToken cancellation = default) => SetAsync("freq", frequencyHz, cancellation);

    /// <summary>Changes its peak level; 0 dB is full scale.</summary>
    public Task SetLevelAsync(double levelDb, CancellationToken cancellation = default) => SetAsync("db", levelDb, cancellation);
}
