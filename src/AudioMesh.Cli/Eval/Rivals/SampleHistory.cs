// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Rivals;

/// <summary>The newest samples of what was played, oldest first; zeros before the stream began.</summary>
internal sealed class SampleHistory(int length)
{
    private readonly float[] _samples = new float[length];

    public ReadOnlySpan<float> Samples => _samples;

    public void Push(ReadOnlySpan<float> samples)
    {
        ReadOnlySpan<float> newest = samples[Math.Max(0, samples.Length - _samples.Length)..];
        _samples.AsSpan(newest.Length).CopyTo(_samples);
        newest.CopyTo(_samples.AsSpan(_samples.Length - newest.Length));
    }

    public SampleHistory Fork()
    {
        SampleHistory fork = new(_samples.Length);
        _samples.CopyTo(fork._samples, 0);
        return fork;
    }
}
