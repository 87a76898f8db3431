// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Compute.Rendering;

/// <summary>
/// One period on its way. Who begins it writes it whole before the engine counts it as begun. Only the GPU's thread writes
/// <see cref="GpuOutputs"/>, and says by <see cref="GpuDone"/> whose they are.
/// </summary>
internal sealed class RenderJob(IGpuPatch patch, int frames)
{
    private long _gpuDone = -1;

    public float[] Inputs { get; } = new float[patch.Inputs * frames];

    public float[] Parameters { get; } = new float[patch.Parameters];

    public float[] GpuOutputs { get; } = new float[patch.Outputs * frames];

    /// <summary>Where it goes.</summary>
    public FrameRing? Ring { get; set; }

    /// <summary>What its frames say of their time.</summary>
    public MeshTime Timestamp { get; set; }

    /// <summary>When the ring's reader takes its first frame.</summary>
    public MeshTime Due { get; set; }

    public RenderRoute Route { get; set; }

    /// <summary>When the GPU was done; written before <see cref="GpuDone"/>.</summary>
    public MeshTime GpuDoneAt { get; set; }

    /// <summary>The number of the period in <see cref="GpuOutputs"/>.</summary>
    public long GpuDone
    {
        get => Volatile.Read(ref _gpuDone);
        set => Volatile.Write(ref _gpuDone, value);
    }
}
