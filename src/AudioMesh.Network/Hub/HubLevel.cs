// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Hub;

/// <summary>How one client hears another.</summary>
/// <param name="GainDb">-120 to 24; -120 is silence.</param>
/// <param name="Pan">-1 is left, 0 the middle, 1 right: <see cref="AudioMesh.Dsp.Pan"/> for one channel, <see cref="AudioMesh.Dsp.Balance"/> for two; without meaning where less than two are heard.</param>
/// <param name="IsMuted">Not heard.</param>
/// <param name="IsSoloed">While a client has soloed somebody, it hears nobody else.</param>
public readonly record struct HubLevel(double GainDb = 0, double Pan = 0, bool IsMuted = false, bool IsSoloed = false)
{
    /// <summary>The softest, which is silence.</summary>
    public const double SilenceDb = -120;

    /// <summary>The loudest.</summary>
    public const double MaxGainDb = 24;

    internal void Validate()
    {
        if (!(GainDb is >= SilenceDb and <= MaxGainDb))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"A gain of {GainDb} dB is out of range: -120..24.") { Field = "gain_db", Allowed = "-120..24" };
        }

        if (!(Pan is >= -1 and <= 1))
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"A pan of {Pan} is out of range: -1..1.") { Field = "pan", Allowed = "-1..1" };
        }
    }
}
