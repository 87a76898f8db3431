// SPDX-License-Identifier: MIT
namespace AudioMesh.RoundTrip;

/// <summary>Two JACK servers joined by a program: what goes in at the first comes out there again, by way of the second.</summary>
internal interface IPair : IDisposable
{
    string Name { get; }

    /// <summary>The port of the first server that takes sound.</summary>
    string Input { get; }

    /// <summary>The port of the first server where it comes back.</summary>
    string Output { get; }
}
