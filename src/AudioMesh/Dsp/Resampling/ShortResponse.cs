// SPDX-License-Identifier: MIT
namespace AudioMesh.Dsp;

/// <summary>What a short filter between frames leaves of a sound, by its frequency: the Fourier integral of its continuous response.</summary>
internal sealed class ShortResponse
{
    private readonly GaussNodes _support;
    private readonly double[] _response;
    private readonly double _still;

    public ShortResponse(in PolyphaseShape shape)
    {
        KaiserSinc response = new(shape.Length / 2, shape.Cutoff, shape.StopbandDb);
        _support = new GaussNodes(shape.Length / 2.0, shape.Length);
        _response = _support.ValuesOf(response.At);
        _still = _support.Cosine(_response, 0);
    }

    /// <summary>The gain at so many radians a frame of the rate it works at; 1 at none.</summary>
    public double At(double radians) => _support.Cosine(_response, radians / (2 * Math.PI)) / _still;
}
