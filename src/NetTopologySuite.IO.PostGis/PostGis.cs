using NetTopologySuite.Geometries;

namespace NetTopologySuite.IO;

/// <summary>Reads PostGIS' EWKB, which is what NetTopologySuite's own WKB reader already understands.</summary>
public sealed class PostGisReader(CoordinateSequenceFactory factory, PrecisionModel precision, Ordinates handleOrdinates = Ordinates.None)
{
    private readonly WKBReader _reader = new(new NtsGeometryServices(factory, precision, -1)) { HandleOrdinates = handleOrdinates == Ordinates.None ? Ordinates.XYZM : handleOrdinates };

    public PostGisReader() : this(NtsGeometryServices.Instance.DefaultCoordinateSequenceFactory, NtsGeometryServices.Instance.DefaultPrecisionModel) { }

    public Ordinates HandleOrdinates
    {
        get => _reader.HandleOrdinates;
        set => _reader.HandleOrdinates = value;
    }

    /// <summary>The geometry in a stream, read to its end.</summary>
    public Geometry Read(Stream stream) => _reader.Read(stream);

    public Geometry Read(byte[] data) => _reader.Read(data);
}

/// <summary>Writes EWKB with its SRID, little-endian, as PostGIS takes it.</summary>
public sealed class PostGisWriter
{
    /// <summary>The ordinates to write; those that a geometry lacks are left out.</summary>
    public Ordinates HandleOrdinates { get; set; } = Ordinates.XYZM;

    public void Write(Geometry geometry, Stream stream) => WriterFor(geometry).Write(geometry, stream);

    public byte[] Write(Geometry geometry) => WriterFor(geometry).Write(geometry);

    private WKBWriter WriterFor(Geometry geometry) =>
        new(ByteOrder.LittleEndian, handleSRID: geometry.SRID > 0) { HandleOrdinates = HandleOrdinates & Present(geometry) };

    private static Ordinates Present(Geometry geometry)
    {
        var present = Ordinates.XY;
        if (geometry.IsEmpty) return present;
        var first = geometry.Coordinate;
        if (!double.IsNaN(first.Z)) present |= Ordinates.Z;
        if (!double.IsNaN(first.M)) present |= Ordinates.M;
        return present;
    }
}
