// SPDX-License-Identifier: MIT
namespace AudioMesh.RoundTrip;

/// <summary>What both servers run at.</summary>
internal static class Servers
{
    public const int PeriodFrames = 64;

    public const double PeriodMs = 1.333;
}
