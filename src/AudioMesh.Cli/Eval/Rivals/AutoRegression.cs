// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;

namespace AudioMesh.Cli.Eval.Rivals;

/// <summary>
/// What was tried for music over networks before: Burg's method of order 128 on the last 2048 samples, all of the same weight, trained anew for each
/// lost packet (M. Sacchetto, C. Rottondi, A. Bianco, 2024), with a fade over 64 frames into the first good packet.
/// </summary>
internal sealed class AutoRegression : IConcealer
{
    private const int Order = 128;
    private const int Window = 2048;
    private const int FadeFrames = 64;

    private static readonly float[] Weights = [.. Enumerable.Repeat(1f, Window)];
    private static readonly float[] Dither = MakeDither();

    private readonly SampleHistory _history;
    private readonly RecoveryFade _fade;

    public AutoRegression()
        : this(new SampleHistory(Window), new RecoveryFade(FadeFrames))
    {
    }

    private AutoRegression(SampleHistory history, RecoveryFade fade) => (_history, _fade) = (history, fade);

    public void Receive(Span<float> packet)
    {
        _fade.Apply(packet);
        _history.Push(packet);
    }

    public void Lose(Span<float> packet, ReadOnlySpan<float> next)
    {
        float[] model = new float[Order];
        LatticeBurg.Train(_history.Samples, Weights, Dither, new float[LatticeBurg.WorkLength(Window, Order)], model);
        float[] predicted = new float[packet.Length + FadeFrames];
        LinearPrediction.Continue(_history.Samples, model, predicted);
        predicted.AsSpan(0, packet.Length).CopyTo(packet);
        predicted.AsSpan(packet.Length).CopyTo(_fade.Begin(FadeFrames));
        _history.Push(packet);
    }

    public IConcealer Fork() => new AutoRegression(_history.Fork(), _fade.Fork());

    private static float[] MakeDither()
    {
        float[] dither = new float[Window];
        LatticeBurg.FillDither(dither);
        return dither;
    }
}
