// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Rivals;

/// <summary>
/// A short-window Burg predictor with the parameters JackTrip is known to have: the window is a few packets, the order one less than the window,
/// trained anew for each lost packet on what was played; it predicts two packets, plays one, and fades the other out over the whole first good packet.
/// </summary>
internal sealed class ShortBurg : IConcealer
{
    private const int ShortestWindow = 256;

    private readonly int _packetFrames;
    private readonly SampleHistory _history;
    private readonly RecoveryFade _fade;

    public ShortBurg(int packetFrames)
        : this(packetFrames, new SampleHistory(WindowOf(packetFrames)), new RecoveryFade(packetFrames))
    {
    }

    private ShortBurg(int packetFrames, SampleHistory history, RecoveryFade fade) => (_packetFrames, _history, _fade) = (packetFrames, history, fade);

    public void Receive(Span<float> packet)
    {
        _fade.Apply(packet);
        _history.Push(packet);
    }

    public void Lose(Span<float> packet, ReadOnlySpan<float> next)
    {
        float[] predicted = new float[packet.Length + _packetFrames];
        LinearPrediction.Continue(_history.Samples, ShortBurgModel.Train(_history.Samples), predicted);
        predicted.AsSpan(0, packet.Length).CopyTo(packet);
        predicted.AsSpan(packet.Length).CopyTo(_fade.Begin(_packetFrames));
        _history.Push(packet);
    }

    public IConcealer Fork() => new ShortBurg(_packetFrames, _history.Fork(), _fade.Fork());

    /// <summary>256 samples for packets up to 128, two packets up to 256, one above.</summary>
    private static int WindowOf(int packetFrames)
    {
        int packets = packetFrames <= ShortestWindow / 2 ? ShortestWindow / packetFrames : packetFrames <= ShortestWindow ? 2 : 1;
        return packets * packetFrames;
    }
}
