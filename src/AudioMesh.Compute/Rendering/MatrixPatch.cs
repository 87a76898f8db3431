// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;

namespace AudioMesh.Compute.Rendering;

/// <summary>
/// Every output hears every input with a gain of its own, which moves on a straight line over the period. The parameters are the gains at the begin of the
/// period, a row of <see cref="Inputs"/> for each output, and then those where the next begins.
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
    public IGpuPeriod CreateOn(IComputeDevice device, int frames) => new Period(new MixMatrixProgram(device, Outputs, Inputs, frames));

    private sealed class Period(MixMatrixProgram matrix) : IGpuPeriod
    {
        public IComputeProgram Program => matrix.Program;

        public void Load(ReadOnlySpan<float> inputs, ReadOnlySpan<float> parameters)
        {
            for (int source = 0; source < matrix.Sources; source++)
            {
                inputs.Slice(source * matrix.Frames, matrix.Frames).CopyTo(matrix.Source(source));
            }

            parameters[..matrix.From.Length].CopyTo(matrix.From);
            parameters[matrix.From.Length..].CopyTo(matrix.To);
        }

        public void Read(Span<float> outputs)
        {
            for (int mix = 0; mix < matrix.Mixes; mix++)
            {
                matrix.Mix(mix).CopyTo(outputs[(mix * matrix.Frames)..]);
            }
        }

        public void Dispose() => matrix.Dispose();
    }
}
