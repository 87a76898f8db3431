// SPDX-License-Identifier: MIT
namespace AudioMesh.Architecture.Tests.Fixtures;

internal abstract class Base
{
    public abstract void Do();
}
