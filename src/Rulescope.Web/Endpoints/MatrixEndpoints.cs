using System.Text;
using Rulescope.Catalog.Coverage;
using Rulescope.Catalog.Json;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary><c>/matrix</c>: tactics by techniques with numbers, as a page, as JSON, as CSV and as a layer of the ATT&amp;CK Navigator.</summary>
static class MatrixEndpoints
{
    const string LayerFile = "rulescope.layer.json";

    public static void MapMatrix(this IEndpointRouteBuilder routes)
    {
        routes.MapRead(Links.Matrix, (HttpRequest request, CatalogOverview overview, CoverageReader coverage) =>
        {
            var question = MatrixQuestion.Read(request.Query);
            return Answers.Page<MatrixView>(new MatrixAnswer(question, Matrix(question, overview, coverage), overview.Facets));
        });
        routes.MapRead($"{Links.Matrix}.json", (HttpRequest request, CatalogOverview overview, CoverageReader coverage) =>
        {
            var matrix = Matrix(MatrixQuestion.Read(request.Query), overview, coverage);
            return Answers.JsonTwin(output => CoverageJson.Write(matrix, output));
        });
        routes.MapRead($"{Links.Matrix}.csv", (HttpRequest request, CatalogOverview overview, CoverageReader coverage) =>
            Results.Text(CoverageCsv.Of(Matrix(MatrixQuestion.Read(request.Query), overview, coverage)), "text/csv", Encoding.UTF8));
        routes.MapRead($"{Links.Matrix}.layer.json", (HttpRequest request, HttpResponse response, CatalogOverview overview, CoverageReader coverage) =>
        {
            var matrix = Matrix(MatrixQuestion.Read(request.Query), overview, coverage);
            response.Headers.ContentDisposition = $"attachment; filename=\"{LayerFile}\"";
            return Answers.JsonTwin(output => NavigatorLayer.Write(matrix, output));
        });
    }

    static CoverageMatrix Matrix(MatrixQuestion question, CatalogOverview overview, CoverageReader coverage) =>
        question.HasFilter ? coverage.Read(question.Coverage()) : overview.Matrix;
}
