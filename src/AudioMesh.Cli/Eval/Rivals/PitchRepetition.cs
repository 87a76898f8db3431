// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Rivals;

/// <summary>
/// Repeats the last pitch period, after ITU-T G.711 Appendix I, without its delay, at any rate and with a range of periods wide enough for music.
/// </summary>
internal sealed class PitchRepetition : IConcealer
{
    private const double TemplateMs = 20;
    private const double ShortestMs = 2;
    private const double LongestMs = 40;

    private readonly int _rate;
    private readonly SampleHistory _history;
    private readonly RecoveryFade _fade;

    private RepeatedPeriod? _repeated;

    public PitchRepetition(int rate)
        : this(rate, new SampleHistory(Frames(2 * LongestMs, rate) + 1), new RecoveryFade(Frames(10, rate)))
    {
    }

    private PitchRepetition(int rate, SampleHistory history, RecoveryFade fade) => (_rate, _history, _fade) = (rate, history, fade);

    public void Receive(Span<float> packet)
    {
        if (_repeated is not null)
        {
            _repeated.Continue(_fade.Begin(_repeated.FramesOfRecovery));
            _repeated = null;
        }

        _fade.Apply(packet);
        _history.Push(packet);
    }

    public void Lose(Span<float> packet, ReadOnlySpan<float> next)
    {
        _repeated ??= new RepeatedPeriod(_history.Samples.ToArray(), Period(), _rate);
        _repeated.Continue(packet);
        _history.Push(packet);
    }

    public IConcealer Fork() => new PitchRepetition(_rate, _history.Fork(), _fade.Fork()) { _repeated = _repeated?.Fork() };

    private int Period() => PeriodSearch.Find(_history.Samples, Frames(TemplateMs, _rate), Frames(ShortestMs, _rate), Frames(LongestMs, _rate));

    private static int Frames(double ms, int rate) => (int)(ms * rate / 1000);
}
