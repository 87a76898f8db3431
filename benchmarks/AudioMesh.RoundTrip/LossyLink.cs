// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using AudioMesh.Network.Impairment;

namespace AudioMesh.RoundTrip;

/// <summary>How much a link loses, and in bursts of how many packets on average.</summary>
internal readonly record struct LossyLink(double Share, double Burst)
{
    private const ulong Seed = 7;

    /// <summary>What musicians meet, and nothing to compare with.</summary>
    public static LossyLink[] Usual => [new(0, 1), new(0.01, 1), new(0.05, 2), new(0.1, 4)];

    /// <summary>From <c>loss[,burst]</c>, the loss in percent.</summary>
    public static LossyLink Parse(string text)
    {
        double[] numbers = [.. text.Split(',').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
        return new LossyLink(numbers[0] / 100, numbers.Length > 1 ? numbers[1] : 1);
    }

    /// <summary>A relay in front of a port of this machine that loses so much there and nothing back.</summary>
    public UdpRelay Before(IPEndPoint target, SoundWatch watch) => UdpRelay.Start(new UdpRelayOptions
    {
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        Target = target,
        There = new ImpairmentOptions { Loss = Burst > 1 ? GilbertElliott.Of(Share, Burst) : GilbertElliott.Independent(Share) },
        Seed = Seed,
        Watch = watch,
    });

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{100 * Share} %, burst {Burst}");
}
