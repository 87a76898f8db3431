// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>What one job learnt of all channels of a stream. The worker's until it is published, then the device thread's until it is given back.</summary>
internal sealed class PredictionModel(int index, int channels, FloatBlock coefficients, FloatBlock second)
{
    /// <summary>Its place in the exchange.</summary>
    public int Index { get; } = index;

    /// <summary>The stream position it was trained at: it knows the samples before that.</summary>
    public long Position { get; set; }

    /// <summary>Coefficients per channel.</summary>
    public int Order { get; set; }

    /// <summary>Coefficients per channel of the second model; 0 where there is none.</summary>
    public int SecondOrder { get; set; }

    /// <summary>What to expect of a fill, per channel.</summary>
    public GapForecast[] Forecasts { get; } = new GapForecast[channels];

    /// <summary>The coefficients of one channel; the last belongs to the newest sample. All zeros where there was silence.</summary>
    [RealtimeSafe]
    public Span<float> Coefficients(int channel) => coefficients.Span.Slice(channel * LatticeBurg.MostOrder, Order);

    /// <summary>The same of the second model, trained on a shorter window.</summary>
    [RealtimeSafe]
    public Span<float> Second(int channel) => second.Span.Slice(channel * ConcealmentProfiles.MostSecondOrder, SecondOrder);

    /// <summary>Becomes a copy; the coefficients are copied with their arena.</summary>
    public void CopyFrom(PredictionModel other)
    {
        (Position, Order, SecondOrder) = (other.Position, other.Order, other.SecondOrder);
        other.Forecasts.CopyTo(Forecasts, 0);
    }
}
