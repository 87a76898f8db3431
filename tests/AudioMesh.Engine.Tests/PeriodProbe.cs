// SPDX-License-Identifier: MIT
using AudioMesh.Backends;
using AudioMesh.Clock;

namespace AudioMesh.Engine.Tests;

/// <summary>Calls the renderer with blocks prepared beforehand, so that only rendering can allocate.</summary>
internal sealed unsafe class PeriodProbe
{
    private readonly ManualBackend _device;
    private readonly float[][] _buffers = [new float[512], new float[512], new float[512], new float[512]];

    public PeriodProbe(ManualBackend device) => _device = device;

    /// <summary>Frames of a block.</summary>
    public int Frames { get; init; } = 64;

    public void Pull()
    {
        fixed (float* left = _buffers[0], right = _buffers[1], inLeft = _buffers[2], inRight = _buffers[3])
        {
            float** outputs = stackalloc float*[2] { left, right };
            float** inputs = stackalloc float*[2] { inLeft, inRight };
            _buffers[0].AsSpan().Clear();
            _buffers[1].AsSpan().Clear();
            MeshTime now = MeshClock.Now;
            DeviceBlock block = new()
            {
                Outputs = outputs,
                OutputChannels = 2,
                Inputs = inputs,
                InputChannels = 2,
                Frames = Frames,
                DeviceFrame = _device.DeviceFrame,
                PeriodTime = now,
                WakeTime = now,
                OutputTime = now,
                InputTime = now,
            };
            _device.Render(block);
            _device.DeviceFrame += Frames;
        }
    }
}
