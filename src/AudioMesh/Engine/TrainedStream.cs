// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Concealment;

namespace AudioMesh.Engine;

/// <summary>A stream whose models are trained, and what that costs.</summary>
internal sealed class TrainedStream(StreamConcealer concealer)
{
    /// <summary>The first models are dear because nothing is in the caches yet: of these the cheapest counts.</summary>
    private const int ColdTrainings = 4;
    private const double Smoothing = 1.0 / 32;

    /// <summary>Models from a choice to the next better one: the cost has to be known, and a busy moment has to be over.</summary>
    private const int LeastPatience = 64;
    private const int MostPatience = 4096;

    /// <summary>Noise and speech do not become more foreseeable by better models.</summary>
    private const float LeastConfidence = 0.1f;

    private double _unitNs = double.MaxValue;
    private int _patience = LeastPatience;
    private int _measured;

    public StreamConcealer Concealer { get; } = concealer;

    /// <summary>Models since the profile was chosen.</summary>
    public int Trainings { get; private set; }

    /// <summary>The share of a processor that training takes now, when the stream is armed; 0 where that is not known yet.</summary>
    public double Load => LoadOf(Concealer.Profile);

    /// <summary>The same, were it done with <paramref name="profile"/>.</summary>
    public double LoadOf(ConcealmentProfile profile) =>
        _measured < ColdTrainings ? 0 : _unitNs * Units(profile) * Concealer.Rate / StreamConcealer.HopFrames / 1e9;

    /// <summary>Trains what is due; false when nothing is.</summary>
    public bool Work()
    {
        ConcealmentProfile profile = Concealer.Profile;
        MeshTime begin = MeshClock.Now;
        if (!Concealer.Work())
        {
            return false;
        }

        double unitNs = (MeshClock.Now - begin) / Units(profile);
        Trainings++;

        // Where a stream begins there is less to train on.
        if (Concealer.Position.Value >= profile.Window())
        {
            Measure(unitNs);
        }

        return true;
    }

    /// <summary>
    /// Whether it may be trained with more: not too soon, later each time that it was too much, and only where something can be foretold at all.
    /// </summary>
    public bool MayRise => Trainings >= _patience && Concealer.Profile < ConcealmentProfile.Hq && Concealer.Statistics.Confidence > LeastConfidence;

    /// <summary>Trains with more.</summary>
    public void Raise() => Use(Concealer.Profile + 1);

    /// <summary>Trains with less.</summary>
    public void Lower()
    {
        Use(Concealer.Profile - 1);
        _patience = Math.Min(2 * _patience, MostPatience);
    }

    /// <summary>Trains with <paramref name="profile"/> from now on.</summary>
    public void Use(ConcealmentProfile profile)
    {
        Concealer.Profile = profile;
        Trainings = 0;
    }

    private void Measure(double unitNs)
    {
        if (_measured < ColdTrainings)
        {
            _measured++;
            _unitNs = Math.Min(_unitNs, unitNs);
        }
        else
        {
            _unitNs += (unitNs - _unitNs) * Smoothing;
        }
    }

    // The order times the samples; the best trains two models.
    private static double Units(ConcealmentProfile profile) => profile switch
    {
        ConcealmentProfile.Lite => 1,
        ConcealmentProfile.Default => 4,
        _ => 29,
    };
}
