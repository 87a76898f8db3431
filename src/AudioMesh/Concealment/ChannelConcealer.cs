// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>Fills the gaps of one channel and joins what comes after. Device thread.</summary>
[RealtimeSafe]
internal sealed class ChannelConcealer(int channel, SampleHistory history, FloatBlock memory, int rate)
{
    /// <summary>Floats of memory: the track, which is what a model looks back on, one block after it and what is there behind that; the second model's track; and a period.</summary>
    public const int MemoryLength = TrackLength + SecondLength + PeriodSearch.Longest;

    private const int TrackLength = Past + StreamConcealer.MostFrames + GapBridge.MostLater;
    private const int Past = LatticeBurg.MostOrder;
    private const int SecondLength = SecondPast + StreamConcealer.MostFrames;
    private const int SecondPast = ConcealmentProfiles.MostSecondOrder;
    private const int MirrorFrames = 128;
    private const int MostGapFrames = 1 << 24;
    private const int OnsetFrames = 32;
    private const int OnsetFade = 16;
    private const int ShortFade = 64;
    private const int LongFade = 128;
    private const float LongGapMs = 20;
    private const float OnsetPower = 4;

    private readonly FadeLaw _law = new(rate);
    private readonly int _longGapFrames = (int)(LongGapMs * rate / 1000);
    private State _state;
    private LevelGuard _guard;
    private long _madeUntil = long.MinValue / 2;

    /// <summary>What was heard: samples that came, and those made here.</summary>
    public SampleHistory History { get; } = history;

    /// <summary>Takes samples that came; where a gap ends with them, they are faded in over what would have gone on.</summary>
    public void Receive(long position, Span<float> samples, PredictionModel? model)
    {
        if (_state.GapFrames > 0)
        {
            FadeIn(position, samples, model);
        }

        History.Write(position, samples);
    }

    /// <summary>
    /// Writes what is heard in the place of samples that did not come. Where samples behind the gap are known, it ends in them, unless it is fading already.
    /// </summary>
    public void Fill(long position, Span<float> samples, ReadOnlySpan<float> later, PredictionModel? model, GapBridge bridge)
    {
        if (_state.FadeFrames > 0)
        {
            _state = default;
        }

        if (later.IsEmpty || CoefficientsOf(model).IsEmpty || !_law.IsOpenAt(_state.GapFrames + samples.Length))
        {
            Predict(position, samples, model);
        }
        else
        {
            Bridge(position, samples, later, model, bridge);
        }

        _madeUntil = position + samples.Length;
        History.Write(position, samples);
    }

    /// <summary>Becomes a copy; the floats are copied with their arena.</summary>
    public void CopyFrom(ChannelConcealer other) => (_state, _guard, _madeUntil) = (other._state, other._guard, other._madeUntil);

    private ReadOnlySpan<float> CoefficientsOf(PredictionModel? model) =>
        model is not null && model.Forecasts[channel].HasModel ? model.Coefficients(channel) : default;

    private Span<float> Begin(long position, PredictionModel? model)
    {
        Span<float> past = memory.Span[..TrackLength];
        if (_state.GapFrames == 0)
        {
            History.Before(position, Past).CopyTo(past);
            History.Before(position, SecondPast).CopyTo(SecondTrack);
            _guard.Begin(past[(Past - LevelGuard.Samples)..Past], (int)Math.Clamp(position - _madeUntil, 0, LevelGuard.Samples));
            _state.HasForecast = !CoefficientsOf(model).IsEmpty;
            _state.Forecast = _state.HasForecast ? model!.Forecasts[channel] : default;
            RepeatedPeriod.Write(History.Before(position, PeriodSearch.Samples), Cycle);
        }

        return past;
    }

    private Span<float> SecondTrack => memory.Span.Slice(TrackLength, SecondLength);

    private Span<float> Cycle => memory.Span.Slice(TrackLength + SecondLength, _state.Forecast.Period);

    private void Predict(long position, Span<float> samples, PredictionModel? model)
    {
        Span<float> past = Begin(position, model);
        ReadOnlySpan<float> coefficients = CoefficientsOf(model);
        if (coefficients.IsEmpty)
        {
            Mirror(past, samples.Length);
        }
        else
        {
            LinearPredictor.Continue(coefficients, past, Past, samples.Length);
        }

        past.Slice(Past, samples.Length).CopyTo(samples);
        past.Slice(samples.Length, Past).CopyTo(past);
        Mix(position, samples, model);
        _guard.Limit(samples);
        FadeOut(samples);
        _state.GapFrames = Math.Min(_state.GapFrames + samples.Length, MostGapFrames);
    }

    private void Bridge(long position, Span<float> samples, ReadOnlySpan<float> later, PredictionModel? model, GapBridge bridge)
    {
        Span<float> past = Begin(position, model);
        ReadOnlySpan<float> coefficients = CoefficientsOf(model);
        Span<float> gap = past.Slice(Past, samples.Length);
        LinearPredictor.Continue(coefficients, past, Past, samples.Length);
        Mix(position, gap, model);
        later.CopyTo(past[(Past + samples.Length)..]);
        bridge.Bend(coefficients, past, Past, samples.Length, later.Length);
        GapEdge.SmoothEnd(later, gap);
        gap.CopyTo(samples);
        _guard.Limit(samples);
        _state = default;
    }

    // A gap that began without a model has nothing to mix by.
    private void Mix(long position, Span<float> samples, PredictionModel? model)
    {
        if (!_state.HasForecast)
        {
            return;
        }

        Span<float> track = SecondTrack;
        Span<float> second = track.Slice(SecondPast, samples.Length);
        if (model is { SecondOrder: > 0 })
        {
            LinearPredictor.Continue(model.Second(channel), track, SecondPast, samples.Length);
        }
        else
        {
            // Where there is one model, it is both.
            samples.CopyTo(second);
        }

        GapMix.Apply(_state.Forecast, second, Cycle, _state.GapFrames, samples);
        track.Slice(samples.Length, SecondPast).CopyTo(track);
        if (_state.GapFrames == 0)
        {
            GapEdge.SmoothBeginning(History.Before(position, GapEdge.Samples), samples);
        }
    }

    /// <summary>Without a model the sound goes back the way it came, and fades.</summary>
    private void Mirror(Span<float> past, int frames)
    {
        for (int i = 0; i < frames; i++)
        {
            int frame = _state.GapFrames + i;
            past[Past + i] = frame < MirrorFrames ? past[Past - 1 - _state.GapFrames - frame] * (1 - FadeLaw.Smooth((float)frame / MirrorFrames)) : 0;
        }
    }

    private void FadeOut(Span<float> samples)
    {
        if (_law.IsOpenAt(_state.GapFrames + samples.Length))
        {
            return;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] *= _law.At(_state.GapFrames + i);
        }
    }

    private void FadeIn(long position, Span<float> samples, PredictionModel? model)
    {
        bool begins = _state.FadeFrames == 0;

        // Where nothing was foretold, or what was is fading already, all that comes is louder.
        bool mayBeOnset = begins && _state.HasForecast && _law.IsOpenAt(_state.GapFrames);
        if (begins)
        {
            _state.FadeFrames = _state.GapFrames >= _longGapFrames ? LongFade : ShortFade;
        }

        Span<float> predicted = stackalloc float[LongFade];
        predicted = predicted[..Math.Min(samples.Length, _state.FadeFrames - _state.FadedFrames)];
        Predict(position, predicted, model);
        if (mayBeOnset && IsOnset(samples, predicted))
        {
            _state.FadeFrames = OnsetFade;
        }

        int frames = Math.Min(predicted.Length, _state.FadeFrames - _state.FadedFrames);
        for (int i = 0; i < frames; i++)
        {
            float share = FadeLaw.Smooth((_state.FadedFrames + i + 0.5f) / _state.FadeFrames);
            samples[i] = predicted[i] + (share * (samples[i] - predicted[i]));
        }

        _madeUntil = position + frames;
        _state.FadedFrames += frames;
        if (_state.FadedFrames == _state.FadeFrames)
        {
            _state = default;
        }
    }

    /// <summary>What comes much louder than foretold is an attack, which a slow fade would blunt.</summary>
    private static bool IsOnset(ReadOnlySpan<float> samples, ReadOnlySpan<float> predicted)
    {
        int frames = Math.Min(OnsetFrames, predicted.Length);
        return LaneSums.Squares(samples[..frames]) > OnsetPower * LaneSums.Squares(predicted[..frames]);
    }

    private struct State
    {
        public int GapFrames;
        public int FadeFrames;
        public int FadedFrames;
        public bool HasForecast;
        public GapForecast Forecast;
    }
}
