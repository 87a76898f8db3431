// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Cpu;
using AudioMesh.Compute.Kernels;
using AudioMesh.Compute.Rendering;

namespace AudioMesh.Compute.Tests.Rendering;

/// <summary>One channel that comes out as it went in, and one that says who rendered it: 1 for a GPU, 0 for the processor.</summary>
internal sealed class MarkedPatch : IGpuPatch
{
    public int Inputs => 1;

    public int Outputs => 2;

    public int Parameters => 0;

    public IGpuPeriod CreateOn(IComputeDevice device, int frames) => new Period(device, frames);

    private sealed class Period : IGpuPeriod
    {
        private readonly GainMixProgram _mix;
        private readonly float _mark;

        public Period(IComputeDevice device, int frames)
        {
            _mark = device is CpuDevice ? 0 : 1;
            _mix = new GainMixProgram(device, 1, frames);
            _mix.SetGain(0, 1, 1);
        }

        public IComputeProgram Program => _mix.Program;

        public void Load(ReadOnlySpan<float> inputs, ReadOnlySpan<float> parameters) => inputs.CopyTo(_mix.Source(0));

        public void Read(Span<float> outputs)
        {
            _mix.Output.CopyTo(outputs);
            outputs[_mix.Frames..].Fill(_mark);
        }

        public void Dispose() => _mix.Dispose();
    }
}
