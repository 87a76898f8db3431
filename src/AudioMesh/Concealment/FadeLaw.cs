// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Concealment;

/// <summary>How loud a fill is as its gap grows: all of it for 60 ms, silence from 120 ms on.</summary>
[RealtimeSafe]
internal readonly struct FadeLaw(int rate)
{
    private readonly float _perFrame = 1000f / rate;

    /// <summary>From here on there is silence.</summary>
    public const float EndMs = 120;
    private const float BeginMs = 60;

    /// <summary>0 to 1 as <paramref name="t"/> goes from 0 to 1, level at both ends.</summary>
    public static float Smooth(float t) => t * t * (3 - (t + t));

    /// <summary>Whether all of it is heard up to <paramref name="frame"/>.</summary>
    public bool IsOpenAt(int frame) => frame * _perFrame <= BeginMs;

    /// <summary>The gain at <paramref name="frame"/> of the gap.</summary>
    public float At(int frame)
    {
        float way = ((frame * _perFrame) - BeginMs) / (EndMs - BeginMs);
        return way <= 0 ? 1 : way < 1 ? 1 - Smooth(way) : 0;
    }
}
