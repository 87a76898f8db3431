// SPDX-License-Identifier: MIT
using AudioMesh.Dsp;
using AudioMesh.Graph;

namespace AudioMesh.Network.Hub;

/// <summary>The factor by which one channel of a client is heard in one channel of another's mix.</summary>
internal static class Crosspoint
{
    /// <summary>Many go to one as their mean, one goes to two by pan, two to two by balance; beyond, equal numbers are joined.</summary>
    public static float Of(in HubLevel level, int from, int fromChannels, int to, int toChannels)
    {
        if (level.IsMuted)
        {
            return 0;
        }

        float gain = Decibels.ToGain(level.GainDb);
        if (toChannels == 1)
        {
            return gain / fromChannels;
        }

        StereoGains sides = fromChannels == 1 ? Pan.At((float)level.Pan) : Balance.At((float)level.Pan);
        bool isJoined = fromChannels == 1 ? to < 2 : from == to;
        float side = to == 0 ? sides.Left : to == 1 ? sides.Right : 1;
        return isJoined ? gain * side : 0;
    }
}
