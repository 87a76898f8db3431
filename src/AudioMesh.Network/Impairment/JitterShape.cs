// SPDX-License-Identifier: MIT
namespace AudioMesh.Network.Impairment;

/// <summary>How the lateness of packets is distributed around its mean.</summary>
public enum JitterShape
{
    /// <summary>Anything from none to twice the mean, equally likely.</summary>
    Uniform,

    /// <summary>A bell around the mean, a third of it wide: 99.7 % lie between none and twice the mean, none is above three times.</summary>
    Normal,

    /// <summary>Little for most and very much for few, as on Wi-Fi: a Lomax distribution of shape 2, cut off at 51 times the mean.</summary>
    HeavyTailed,
}
