// SPDX-License-Identifier: MIT
namespace AudioMesh.Concealment;

/// <summary>
/// What one channel's fills would have been like: at every hop the samples to come are predicted as if they were lost, and judged when they have come.
/// Worker thread.
/// </summary>
internal sealed class Foresight
{
    /// <summary>Samples before a hop that it looks at.</summary>
    public const int Samples = LatticeBurg.MostOrder + LagSegments.Frames;

    private const int Hop = StreamConcealer.HopFrames;
    private const int Past = LatticeBurg.MostOrder;
    private const int SecondPast = ConcealmentProfiles.MostSecondOrder;
    private const int HopsBetweenShadows = 4;
    private const int Shadows = LagSegments.Frames / (HopsBetweenShadows * Hop);
    private const float Smoothing = 0.25f;
    private const float LeastPower = 1e-12f * Hop;

    private readonly float[] _track = new float[Past + LagSegments.Frames];
    private readonly float[] _secondTrack = new float[SecondPast + LagSegments.Frames];
    private readonly float[] _model = new float[LatticeBurg.MostOrder];
    private readonly float[] _secondModel = new float[SecondPast];
    private readonly ShadowFill[] _shadows = new ShadowFill[Shadows];
    private readonly LagSums _sums = new();
    private readonly PeriodSearch _periods = new();
    private int _order;
    private int _secondOrder;
    private int _period;
    private long _modelHop;
    private long _expectedHop = long.MinValue;
    private float _confidence;

    public Foresight()
    {
        for (int i = 0; i < Shadows; i++)
        {
            _shadows[i] = new ShadowFill();
        }
    }

    /// <summary>
    /// Judges what came before <paramref name="hop"/>, expects what comes after it, and says what a fill that uses <paramref name="coefficients"/>, the hop's
    /// model, and <paramref name="second"/> will be like. Empty: there is no such model.
    /// </summary>
    public GapForecast Step(SampleHistory history, StreamPosition position, long hop, ReadOnlySpan<float> coefficients, ReadOnlySpan<float> second)
    {
        Judge(history, position, hop);
        Expect(history, hop);
        coefficients.CopyTo(_model);
        second.CopyTo(_secondModel);
        (_order, _secondOrder, _modelHop) = (coefficients.Length, second.Length, hop);
        _period = _periods.Find(history.Before(hop, PeriodSearch.Samples));
        GapForecast forecast = new() { HasModel = coefficients.Length > 0, Confidence = _confidence, Period = _period };
        _sums.Mix(ref forecast);
        return forecast;
    }

    /// <summary>Becomes a copy.</summary>
    public void CopyFrom(Foresight other)
    {
        (_order, _secondOrder, _period) = (other._order, other._secondOrder, other._period);
        (_modelHop, _expectedHop, _confidence) = (other._modelHop, other._expectedHop, other._confidence);
        other._track.CopyTo(_track, 0);
        other._model.CopyTo(_model, 0);
        other._secondModel.CopyTo(_secondModel, 0);
        _sums.CopyFrom(other._sums);
        for (int i = 0; i < Shadows; i++)
        {
            _shadows[i].CopyFrom(other._shadows[i]);
        }
    }

    private void Judge(SampleHistory history, StreamPosition position, long hop)
    {
        _sums.Forget();
        foreach (ShadowFill shadow in _shadows)
        {
            shadow.Judge(hop, history, position, _sums);
        }

        ReadOnlySpan<float> came = history.Before(hop, Hop);
        float power = LaneSums.Squares(came);
        if (_expectedHop != hop - Hop || !position.Came(hop - Hop, hop) || !(power > LeastPower))
        {
            return;
        }

        Span<float> errors = _track.AsSpan(Past, Hop);
        for (int n = 0; n < errors.Length; n++)
        {
            errors[n] -= came[n];
        }

        float foretold = 1 - (LaneSums.Squares(errors) / power);
        _confidence += Smoothing * ((foretold > 0 ? foretold : 0) - _confidence);
    }

    // As a fill from here on would: with the model and the period of the hop before.
    private void Expect(SampleHistory history, long hop)
    {
        if (_order == 0 || _modelHop != hop - Hop)
        {
            return;
        }

        bool isShadow = hop % (HopsBetweenShadows * Hop) == 0;
        int frames = isShadow ? LagSegments.Frames : Hop;
        history.Before(hop, Past).CopyTo(_track);
        LinearPredictor.Continue(_model.AsSpan(0, _order), _track, Past, frames);
        _expectedHop = hop;
        if (isShadow)
        {
            ExpectSecond(history, hop);
            int turn = (int)(hop / (HopsBetweenShadows * Hop) % Shadows);
            _shadows[turn].Begin(hop, _track.AsSpan(Past), _secondTrack.AsSpan(SecondPast), history.Before(hop, PeriodSearch.Samples), _period);
        }
    }
    // Where there is one model, it is both.
    private void ExpectSecond(SampleHistory history, long hop)
    {
        if (_secondOrder == 0)
        {
            _track.AsSpan(Past).CopyTo(_secondTrack.AsSpan(SecondPast));
            return;
        }

        history.Before(hop, SecondPast).CopyTo(_secondTrack);
        LinearPredictor.Continue(_secondModel.AsSpan(0, _secondOrder), _secondTrack, SecondPast, LagSegments.Frames);
    }
}
