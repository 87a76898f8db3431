// SPDX-License-Identifier: MIT
namespace AudioMesh.RoundTrip;

/// <summary>A block of what was heard, beside what was sent.</summary>
/// <param name="Frame">Its first frame, of what was heard.</param>
/// <param name="Lag">How many frames before that what was sent lies.</param>
/// <param name="Energy">Sum of squares of what was sent.</param>
/// <param name="Error">Sum of squares of the difference.</param>
internal readonly record struct AlignedBlock(int Frame, double Lag, double Energy, double Error)
{
    public const int Frames = 64;

    /// <summary>What is softer than this is compared as if it were as loud: -60 dB.</summary>
    public const double Floor = Frames * 1e-6;

    private const double DamageShare = 0.05;

    /// <summary>Whether something else was heard than was sent: more than 13 dB below it.</summary>
    public bool IsDamaged => Error > DamageShare * Math.Max(Energy, Floor);
}
