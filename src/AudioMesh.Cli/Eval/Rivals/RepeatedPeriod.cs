// SPDX-License-Identifier: MIT
namespace AudioMesh.Cli.Eval.Rivals;

/// <summary>
/// Goes round and round the last periods of a signal, as ITU-T G.711 Appendix I (1999) has it: one period at first, two after 10 ms, three after
/// 20 ms, joined by overlapping a quarter of a period, at full level for 10 ms and softer from there. For music, which lasts longer than speech, it is
/// silent after 100 ms instead of 60, and a round is never longer than 20 ms unless a single period is.
/// </summary>
internal sealed class RepeatedPeriod(float[] past, int period, int rate)
{
    private const int MostPeriods = 3;
    private const double LongestRoundMs = 20;
    private const double FullMs = 10;
    private const double SilentMs = 100;
    private const double OffsetMs = 0.5;
    private const double MoreRecoveryMs = 4;

    private int _frames;
    private int _periods = 1;
    private int _index;
    private int _oldPeriods;
    private int _oldIndex;
    private int _overlapped = int.MaxValue;

    private int Quarter { get; } = Math.Max(1, period / 4);

    private int OffsetFrames { get; } = (int)(OffsetMs * rate / 1000);

    private int StepFrames { get; } = (int)(FullMs * rate / 1000);

    /// <summary>The join with the first good samples: a quarter of a period, 4 ms more for each 10 ms lost after the first, at most 10 ms.</summary>
    public int FramesOfRecovery => Math.Min(Quarter + (int)((_frames - 1) / StepFrames * MoreRecoveryMs * rate / 1000), StepFrames);

    public void Continue(Span<float> future)
    {
        foreach (ref float sample in future)
        {
            sample = Next();
        }
    }

    public RepeatedPeriod Fork() => (RepeatedPeriod)MemberwiseClone();

    private float Next()
    {
        if (_frames % StepFrames == 0 && _frames > 0 && MayGrow())
        {
            (_oldPeriods, _oldIndex, _overlapped) = (_periods, _index, 0);
            _periods++;
            _index %= period;
        }

        float sample = Step(_periods, ref _index);
        if (_overlapped < Quarter)
        {
            float weight = ++_overlapped / (Quarter + 1f);
            sample = (weight * sample) + ((1 - weight) * Step(_oldPeriods, ref _oldIndex));
        }

        double ms = _frames * 1000.0 / rate;
        if (_frames < OffsetFrames)
        {
            // The appendix overlaps the end of the past, which it delays for that. Here that is played already: the step at the join dies away instead.
            sample += (past[^1] - past[^(period + 1)]) * (1 - ((_frames + 1f) / (OffsetFrames + 1)));
        }

        _frames++;
        return sample * (float)Math.Clamp((SilentMs - ms) / (SilentMs - FullMs), 0, 1);
    }

    private bool MayGrow() => _periods < MostPeriods && (_periods + 1) * period <= LongestRoundMs * rate / 1000;

    /// <summary>The next sample of a round of some periods, whose last quarter becomes what was before its first.</summary>
    private float Step(int periods, ref int index)
    {
        int round = periods * period;
        int place = past.Length - round + index;
        int overlapped = index - (round - Quarter) + 1;
        index = (index + 1) % round;
        if (overlapped <= 0)
        {
            return past[place];
        }

        float weight = overlapped / (Quarter + 1f);
        return (weight * past[place - round]) + ((1 - weight) * past[place]);
    }
}
