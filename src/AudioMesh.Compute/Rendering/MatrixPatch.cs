// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;

namespace AudioMesh.Compute.Rendering;

/// <summary>
/// Every output hears every input with a gain of its own, which moves on a straight line over the period. The parameters are the gains at the begin of the
/// period, a row of <see cref="Inputs"/> for each output, and then those at its end.
/// </summary>
public sealed class MatrixPatch(int inputs, int outputs) : IGpuPatch
{
    /// <inheritdoc/>
    public int Inputs { get; } = inputs;

    /// <inheritdoc/>
    public int Outputs { get; } = outputs;

    /// <inheritdoc/>
    public int Parameters => 2 * Inputs * Outputs;

    /// <inheritdoc/>
    public IGpuPeriod CreateOn(IComputeDevice device, int frames) => new Period(device, Inputs, Outputs, frames);

    private sealed class Period : IGpuPeriod
    {
        private readonly GainMixProgram[] _mixes;
        private readonly int _inputs;
        private readonly int _frames;

        public Period(IComputeDevice device, int inputs, int outputs, int frames)
        {
            _inputs = inputs;
            _frames = frames;
            _mixes = [.. Enumerable.Range(0, outputs).Select(_ => new GainMixProgram(device, inputs, frames))];
            Program = device.CreateProgram([.. _mixes.Select(mix => mix.Dispatch)]);
        }

        public IComputeProgram Program { get; }

        public void Load(ReadOnlySpan<float> inputs, ReadOnlySpan<float> parameters)
        {
            for (int mix = 0; mix < _mixes.Length; mix++)
            {
                for (int source = 0; source < _inputs; source++)
                {
                    inputs.Slice(source * _frames, _frames).CopyTo(_mixes[mix].Source(source));
                    int gain = (mix * _inputs) + source;
                    _mixes[mix].SetGain(source, parameters[gain], parameters[(_mixes.Length * _inputs) + gain]);
                }
            }
        }

        public void Read(Span<float> outputs)
        {
            for (int mix = 0; mix < _mixes.Length; mix++)
            {
                _mixes[mix].Output.CopyTo(outputs[(mix * _frames)..]);
            }
        }

        public void Dispose()
        {
            Program.Dispose();
            foreach (GainMixProgram mix in _mixes)
            {
                mix.Dispose();
            }
        }
    }
}
