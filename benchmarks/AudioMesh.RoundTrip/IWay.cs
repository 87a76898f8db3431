// SPDX-License-Identifier: MIT
namespace AudioMesh.RoundTrip;

/// <summary>One way between two JACK servers, through a relay: what goes in at the first comes out at the second.</summary>
internal interface IWay : IDisposable
{
    string Name { get; }

    /// <summary>The port of the first server that takes sound.</summary>
    string Input { get; }

    /// <summary>The port of the second server where it comes out.</summary>
    string Output { get; }

    /// <summary>What the link does to the sound.</summary>
    SoundWatch Watch { get; }

    /// <summary>Frames that prediction made so far; null where nobody counts them.</summary>
    long? PredictedFrames { get; }
}
