// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Cpu;
using AudioMesh.Compute.Rendering;

namespace AudioMesh.Compute.Tests.Rendering;

/// <summary>One channel that comes out as it went in, and one that says who rendered it: 1 for a GPU, 0 for the processor.</summary>
internal sealed class MarkedPatch : IGpuPatch
{
    public int Inputs => 1;

    public int Outputs => 2;

    public int Parameters => 0;

    public IGpuPeriod CreateOn(IComputeDevice device, int frames) => new Period(device, frames);

    private sealed class Period(IComputeDevice device, int frames) : IGpuPeriod
    {
        private readonly float[] _memory = new float[frames];
        private readonly float _mark = device is CpuDevice ? 0 : 1;

        public IComputeProgram Program { get; } = device.CreateProgram([]);

        public void Load(ReadOnlySpan<float> inputs, ReadOnlySpan<float> parameters) => inputs.CopyTo(_memory);

        public void Read(Span<float> outputs)
        {
            _memory.CopyTo(outputs);
            outputs[frames..].Fill(_mark);
        }

        public void Dispose() => Program.Dispose();
    }
}
