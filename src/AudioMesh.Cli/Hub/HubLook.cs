// SPDX-License-Identifier: MIT
using AudioMesh.Network.Hub;

namespace AudioMesh.Cli.Hub;

/// <summary>How a hub stands.</summary>
/// <param name="Seconds">For how long it has run.</param>
/// <param name="Clients">Who has a seat.</param>
/// <param name="PeriodUs">How long a period is.</param>
/// <param name="Rate">Frames a second that it mixes at.</param>
/// <param name="MixUs">What mixing takes, the median.</param>
/// <param name="CostUs">What a whole period takes, the median.</param>
/// <param name="CostTailUs">The same at 99.9 %.</param>
/// <param name="Periods">Periods done.</param>
/// <param name="Late">Those that were late.</param>
/// <param name="Skipped">Those that were left out.</param>
/// <param name="Dropped">Datagrams that were not heard.</param>
internal sealed record HubLook(
    double Seconds,
    IReadOnlyList<HubClientStatus> Clients,
    double PeriodUs,
    int Rate,
    double MixUs,
    double CostUs,
    double CostTailUs,
    long Periods,
    long Late,
    long Skipped,
    long Dropped);
