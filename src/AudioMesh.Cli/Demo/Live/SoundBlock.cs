// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Cli.Demo.Live;

/// <summary>A block of a <see cref="SoundLog"/>.</summary>
/// <param name="Start">Its first frame in the log.</param>
/// <param name="Frames">How many.</param>
/// <param name="OutputTime">When the first leaves the device.</param>
/// <param name="From">The position of the first in the stream it is from; NaN where there is none.</param>
/// <param name="To">The position behind the last.</param>
internal readonly record struct SoundBlock(int Start, int Frames, MeshTime OutputTime, double From, double To)
{
    /// <summary>Whether it goes on through the stream, at about its pace.</summary>
    public bool IsSteady => To > From && Math.Abs(To - From - Frames) < 1;
}
