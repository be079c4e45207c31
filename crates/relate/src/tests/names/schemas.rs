//! Names of tables and columns, and what points where.

pub const ALL: &[(&str, &str)] = &[
    (
        "Sakila",
        "actor: *actor_id first_name last_name last_update
         address: *address_id address address2 district city_id>city postal_code phone
         category: *category_id name
         city: *city_id city country_id>country
         country: *country_id country
         customer: *customer_id store_id>store first_name email address_id>address active create_date
         film: *film_id title description release_year language_id>language original_language_id>language rental_duration rental_rate length replacement_cost rating special_features
         film_actor: +actor_id>actor +film_id>film
         film_category: +film_id>film +category_id>category
         inventory: *inventory_id film_id>film store_id>store
         language: *language_id name
         payment: *payment_id customer_id>customer staff_id>staff rental_id>rental amount payment_date
         rental: *rental_id rental_date inventory_id>inventory customer_id>customer return_date staff_id>staff
         staff: *staff_id first_name address_id>address picture email store_id>store active username
         store: *store_id manager_staff_id>staff address_id>address",
    ),
    (
        "Northwind",
        "Categories: *CategoryID CategoryName Description
         Customers: *CustomerID= CompanyName ContactName ContactTitle Phone
         Employees: *EmployeeID LastName Title ReportsTo>Employees Extension
         EmployeeTerritories: +EmployeeID>Employees +TerritoryID>Territories
         OrderDetails: +OrderID>Orders +ProductID>Products UnitPrice Quantity Discount
         Orders: *OrderID CustomerID>Customers EmployeeID>Employees OrderDate ShipVia>Shippers Freight ShipName
         Products: *ProductID ProductName SupplierID>Suppliers CategoryID>Categories QuantityPerUnit UnitsInStock UnitsOnOrder ReorderLevel Discontinued
         Region: *RegionID RegionDescription
         Shippers: *ShipperID CompanyName Phone
         Suppliers: *SupplierID CompanyName ContactName Phone
         Territories: *TerritoryID TerritoryDescription RegionID>Region",
    ),
    (
        "Chinook",
        "Album: *AlbumId Title ArtistId>Artist
         Artist: *ArtistId Name
         Customer: *CustomerId FirstName LastName Phone SupportRepId>Employee
         Employee: *EmployeeId LastName Title ReportsTo>Employee
         Genre: *GenreId Name
         Invoice: *InvoiceId CustomerId>Customer InvoiceDate BillingStreet Total
         InvoiceLine: *InvoiceLineId InvoiceId>Invoice TrackId>Track UnitPrice Quantity
         MediaType: *MediaTypeId Name
         Playlist: *PlaylistId Name
         PlaylistTrack: +PlaylistId>Playlist +TrackId>Track
         Track: *TrackId Name AlbumId>Album MediaTypeId>MediaType GenreId>Genre Composer Milliseconds Bytes UnitPrice",
    ),
    (
        "Employees",
        "employees: *emp_no birth_date first_name gender hire_date
         departments: *dept_no= dept_name
         dept_manager: +emp_no>employees +dept_no>departments from_date
         dept_emp: +emp_no>employees +dept_no>departments from_date
         titles: +emp_no>employees +title from_date
         salaries: +emp_no>employees salary +from_date",
    ),
    (
        "AdventureWorks",
        "Department: *DepartmentID Name GroupName
         Shift: *ShiftID Name StartTime
         BusinessEntity: *BusinessEntityID rowguid
         Person: *BusinessEntityID>BusinessEntity FirstName EmailPromotion NameStyle
         Employee: *BusinessEntityID>Person LoginName OrganizationLevel VacationHours SickLeaveHours SalariedFlag
         EmployeePayHistory: +BusinessEntityID>Employee +RateChangeDate Rate PayFrequency
         EmployeeDepartmentHistory: +BusinessEntityID>Employee +DepartmentID>Department +ShiftID>Shift StartDate
         Address: *AddressID Street City StateProvinceID>StateProvince PostalCode
         AddressType: *AddressTypeID Name
         BusinessEntityAddress: +BusinessEntityID>BusinessEntity +AddressID>Address +AddressTypeID>AddressType
         ContactType: *ContactTypeID Name
         BusinessEntityContact: +PersonID>Person +ContactTypeID>ContactType
         CountryRegion: *CountryRegionCode= Name
         StateProvince: *StateProvinceID CountryRegionCode>CountryRegion Name TerritoryID>SalesTerritory
         SalesTerritory: *TerritoryID Name CountryRegionCode>CountryRegion SalesYTD
         Product: *ProductID Name MakeFlag SafetyStockLevel ReorderPoint DaysToManufacture ProductSubcategoryID>ProductSubcategory ProductModelID>ProductModel SizeUnitMeasureCode>UnitMeasure
         ProductSubcategory: *ProductSubcategoryID ProductCategoryID>ProductCategory Name
         ProductCategory: *ProductCategoryID Name
         ProductModel: *ProductModelID Name
         ProductReview: *ProductReviewID ProductID>Product ReviewerName Rating
         UnitMeasure: *UnitMeasureCode= Name
         BillOfMaterials: *BillOfMaterialsID ProductAssemblyID>Product ComponentID>Product UnitMeasureCode>UnitMeasure BOMLevel PerAssemblyQty
         Location: *LocationID Name CostRate Availability
         ProductInventory: +ProductID>Product +LocationID>Location Bin Quantity
         WorkOrder: *WorkOrderID ProductID>Product OrderQty ScrappedQty ScrapReasonID>ScrapReason
         WorkOrderRouting: +WorkOrderID>WorkOrder OperationSequence LocationID>Location
         ScrapReason: *ScrapReasonID Name
         TransactionHistory: *TransactionID ProductID>Product Quantity
         ShipMethod: *ShipMethodID Name ShipBase
         PurchaseOrderHeader: *PurchaseOrderID RevisionNumber Status EmployeeID>Employee VendorID>Vendor ShipMethodID>ShipMethod OrderDate
         PurchaseOrderDetail: +PurchaseOrderID>PurchaseOrderHeader +PurchaseOrderDetailID OrderQty ProductID>Product
         Vendor: *BusinessEntityID>BusinessEntity Name CreditRating PreferredVendorStatus
         SalesPerson: *BusinessEntityID>Employee TerritoryID>SalesTerritory SalesQuota Bonus
         Store: *BusinessEntityID>BusinessEntity Name SalesPersonID>SalesPerson
         Customer: *CustomerID PersonID>Person StoreID>Store TerritoryID>SalesTerritory
         Currency: *CurrencyCode= Name
         CurrencyRate: *CurrencyRateID CurrencyRateDate FromCurrencyCode>Currency ToCurrencyCode>Currency
         CreditCard: *CreditCardID CardType ExpMonth ExpYear
         SpecialOffer: *SpecialOfferID Description MinQty MaxQty
         SalesOrderHeader: *SalesOrderID RevisionNumber OrderDate Status CustomerID>Customer SalesPersonID>SalesPerson TerritoryID>SalesTerritory BillToAddressID>Address ShipToAddressID>Address ShipMethodID>ShipMethod CreditCardID>CreditCard CurrencyRateID>CurrencyRate
         SalesOrderDetail: +SalesOrderID>SalesOrderHeader +SalesOrderDetailID OrderQty
         ShoppingCartItem: *ShoppingCartItemID Quantity ProductID>Product",
    ),
    (
        "OpenMRS",
        "person: *person_id gender birthdate dead cause_of_death>concept creator>users changed_by>users voided voided_by>users
         patient: *patient_id>person creator>users changed_by>users voided voided_by>users
         users: *user_id system_name username creator>users person_id>person retired retired_by>users
         person_name: *person_name_id preferred person_id>person given_name creator>users voided_by>users
         person_address: *person_address_id person_id>person preferred creator>users
         person_attribute: *person_attribute_id person_id>person value_text person_attribute_type_id>person_attribute_type creator>users
         person_attribute_type: *person_attribute_type_id name searchable creator>users
         patient_identifier: *patient_identifier_id patient_id>patient identifier identifier_type>patient_identifier_type preferred location_id>location creator>users
         patient_identifier_type: *patient_identifier_type_id name check_digit creator>users
         patient_program: *patient_program_id patient_id>patient program_id>program location_id>location outcome_concept_id>concept creator>users
         program: *program_id concept_id>concept creator>users outcomes_concept_id>concept name
         program_workflow: *program_workflow_id program_id>program concept_id>concept creator>users
         program_workflow_state: *program_workflow_state_id program_workflow_id>program_workflow concept_id>concept initial terminal creator>users
         patient_state: *patient_state_id patient_program_id>patient_program state>program_workflow_state creator>users
         location: *location_id name creator>users parent_location>location retired_by>users
         location_tag: *location_tag_id name creator>users
         location_tag_map: +location_id>location +location_tag_id>location_tag
         concept: *concept_id retired class_id>concept_class datatype_id>concept_datatype creator>users changed_by>users
         concept_class: *concept_class_id name creator>users
         concept_datatype: *concept_datatype_id name creator>users
         concept_name: *concept_name_id concept_id>concept name creator>users locale_preferred
         concept_answer: *concept_answer_id concept_id>concept answer_concept>concept answer_drug>drug creator>users sort_weight
         concept_set: *concept_set_id concept_id>concept concept_set>concept sort_weight creator>users
         concept_numeric: *concept_id>concept hi_absolute low_absolute units
         concept_description: *concept_description_id concept_id>concept description creator>users
         drug: *drug_id concept_id>concept name combination dosage_form>concept route>concept creator>users
         encounter: *encounter_id encounter_type>encounter_type patient_id>patient location_id>location form_id>form encounter_datetime creator>users visit_id>visit
         encounter_type: *encounter_type_id name creator>users
         encounter_provider: *encounter_provider_id encounter_id>encounter provider_id>provider encounter_role_id>encounter_role creator>users
         encounter_role: *encounter_role_id name creator>users
         provider: *provider_id person_id>person name creator>users
         visit: *visit_id patient_id>patient visit_type_id>visit_type location_id>location indication_concept_id>concept creator>users
         visit_type: *visit_type_id name creator>users
         obs: *obs_id person_id>person concept_id>concept encounter_id>encounter order_id>orders obs_datetime location_id>location obs_group_id>obs value_coded>concept value_drug>drug value_numeric creator>users previous_version>obs
         orders: *order_id order_type_id>order_type concept_id>concept orderer>provider encounter_id>encounter patient_id>patient creator>users urgency order_reason>concept previous_order_id>orders care_setting>care_setting
         order_type: *order_type_id name creator>users parent>order_type
         care_setting: *care_setting_id name creator>users
         drug_order: *order_id>orders drug_inventory_id>drug dose dose_units>concept frequency>order_frequency route>concept quantity
         test_order: *order_id>orders specimen_source>concept laterality
         order_frequency: *order_frequency_id concept_id>concept frequency_per_day creator>users
         form: *form_id name build published encounter_type>encounter_type creator>users
         form_field: *form_field_id form_id>form field_id>field field_number parent_form_field>form_field min_occurs max_occurs creator>users
         field: *field_id name field_type>field_type concept_id>concept creator>users
         field_type: *field_type_id name creator>users
         relationship: *relationship_id person_a>person person_b>person relationship>relationship_type creator>users
         relationship_type: *relationship_type_id a_is_to_b_text preferred creator>users
         role: *role= description
         privilege: *privilege= description
         role_privilege: +role>role +privilege>privilege
         user_role: +user_id>users +role>role
         cohort: *cohort_id name creator>users
         cohort_member: *cohort_member_id cohort_id>cohort patient_id>patient creator>users
         note: *note_id note_type patient_id>patient obs_id>obs encounter_id>encounter priority parent>note creator>users",
    ),
    (
        "OMOP CDM",
        "person: *person_id gender_concept_id>concept year_of_birth month_of_birth race_concept_id>concept location_id>location provider_id>provider care_site_id>care_site gender_source_concept_id>concept
         observation_period: *observation_period_id person_id>person period_type_concept_id>concept
         visit_occurrence: *visit_occurrence_id person_id>person visit_concept_id>concept visit_type_concept_id>concept provider_id>provider care_site_id>care_site preceding_visit_occurrence_id>visit_occurrence
         visit_detail: *visit_detail_id person_id>person visit_detail_concept_id>concept provider_id>provider visit_occurrence_id>visit_occurrence parent_visit_detail_id>visit_detail preceding_visit_detail_id>visit_detail
         condition_occurrence: *condition_occurrence_id person_id>person condition_concept_id>concept condition_type_concept_id>concept provider_id>provider visit_occurrence_id>visit_occurrence visit_detail_id>visit_detail
         drug_exposure: *drug_exposure_id person_id>person drug_concept_id>concept quantity days_supply refills route_concept_id>concept visit_occurrence_id>visit_occurrence
         procedure_occurrence: *procedure_occurrence_id person_id>person procedure_concept_id>concept modifier_concept_id>concept quantity
         measurement: *measurement_id person_id>person measurement_concept_id>concept operator_concept_id>concept value_as_number value_as_concept_id>concept unit_concept_id>concept measurement_event_id
         observation: *observation_id person_id>person observation_concept_id>concept qualifier_concept_id>concept
         death: +person_id>person cause_concept_id>concept
         note: *note_id person_id>person note_class_concept_id>concept note_event_id note_text
         note_nlp: *note_nlp_id note_id>note section_concept_id>concept
         specimen: *specimen_id person_id>person anatomic_site_concept_id>concept
         fact_relationship: +domain_concept_id_1>concept +fact_id_1 +domain_concept_id_2>concept +fact_id_2 +relationship_concept_id>concept
         location: *location_id address_street city state_source zip
         care_site: *care_site_id care_site_name place_of_service_concept_id>concept location_id>location
         provider: *provider_id provider_name specialty_concept_id>concept care_site_id>care_site year_of_birth
         payer_plan_period: *payer_plan_period_id person_id>person payer_concept_id>concept plan_concept_id>concept
         cost: *cost_id cost_event_id cost_type_concept_id>concept currency_concept_id>concept total_charge payer_plan_period_id>payer_plan_period
         drug_era: *drug_era_id person_id>person drug_concept_id>concept gap_days
         condition_era: *condition_era_id person_id>person condition_concept_id>concept condition_occurrence_count
         concept: *concept_id concept_name domain_id>domain vocabulary_id>vocabulary concept_class_id>concept_class standard_text
         vocabulary: *vocabulary_id= vocabulary_name vocabulary_concept_id>concept
         domain: *domain_id= domain_name domain_concept_id>concept
         concept_class: *concept_class_id= concept_class_name concept_class_concept_id>concept
         concept_relationship: +concept_id_1>concept +concept_id_2>concept +relationship_id>relationship
         relationship: *relationship_id= relationship_name relationship_concept_id>concept
         concept_synonym: +concept_id>concept concept_synonym_name language_concept_id>concept
         concept_ancestor: +ancestor_concept_id>concept +descendant_concept_id>concept min_levels_of_separation max_levels_of_separation
         drug_strength: +drug_concept_id>concept +ingredient_concept_id>concept amount_value amount_unit_concept_id>concept box_size",
    ),
    (
        "GNU Health",
        "party_party: *id name code active create_uid>res_user write_uid>res_user federation_date
         party_address: *id party>party_party name street country>country_country subdivision>country_subdivision sequence
         party_contact_mechanism: *id party>party_party type value_text
         country_country: *id name code
         country_subdivision: *id name country>country_country parent>country_subdivision type
         company_company: *id party>party_party currency>currency_currency parent>company_company
         company_employee: *id party>party_party company>company_company
         currency_currency: *id name rounding
         res_user: *id name login_text main_company>company_company employee>company_employee
         res_group: *id name
         gnuhealth_patient: *id name>party_party primary_care_doctor>gnuhealth_healthprofessional critical_text create_uid>res_user
         gnuhealth_healthprofessional: *id name>party_party institution>gnuhealth_institution code
         gnuhealth_institution: *id name>party_party code main_specialty>gnuhealth_specialty
         gnuhealth_specialty: *id name code
         gnuhealth_appointment: *id patient>gnuhealth_patient healthprof>gnuhealth_healthprofessional institution>gnuhealth_institution speciality>gnuhealth_specialty appointment_date
         gnuhealth_patient_disease: *id name>gnuhealth_patient pathology>gnuhealth_pathology age
         gnuhealth_pathology: *id name category>gnuhealth_pathology_category
         gnuhealth_pathology_category: *id name parent>gnuhealth_pathology_category
         gnuhealth_patient_evaluation: *id patient>gnuhealth_patient appointment>gnuhealth_appointment diagnosis>gnuhealth_pathology weight height
         gnuhealth_prescription_order: *id patient>gnuhealth_patient healthprof>gnuhealth_healthprofessional
         gnuhealth_prescription_line: *id name>gnuhealth_prescription_order medicament>gnuhealth_medicament dose duration
         gnuhealth_medicament: *id active_component_text
         gnuhealth_lab: *id patient>gnuhealth_patient test>gnuhealth_lab_test_type
         gnuhealth_lab_test_type: *id name code",
    ),
    (
        "Synthea",
        "patients: *Id FIRST_name BIRTHDATE HEALTHCARE_EXPENSES
         organizations: *Id NAME
         providers: *Id ORGANIZATION>organizations NAME UTILIZATION
         payers: *Id NAME AMOUNT_COVERED
         encounters: *Id PATIENT>patients ORGANIZATION>organizations PROVIDER>providers PAYER>payers CODE BASE_ENCOUNTER_COST
         conditions: +START_date +PATIENT>patients +ENCOUNTER>encounters CODE
         medications: +START_date +PATIENT>patients +PAYER>payers +ENCOUNTER>encounters CODE DISPENSES
         observations: +DATE +PATIENT>patients +ENCOUNTER>encounters CODE VALUE_text
         claims: *Id PATIENTID>patients PROVIDERID>providers DEPARTMENTID APPOINTMENTID>encounters
         claims_transactions: *ID CLAIMID>claims CHARGEID PATIENTID>patients PROVIDERID>providers APPOINTMENTID>encounters",
    ),
    (
        "Occupational health",
        "EMPLOYEE: *EMPLOYEEID LASTNAME BIRTHDATE DEPTID>DEPARTMENT JOBCODEID>JOBCODE SUPERVISORID>EMPLOYEE LOCID>LOCATION ACTIVEFLAG
         DEPARTMENT: *DEPTID DEPTNAME PARENTDEPTID>DEPARTMENT
         JOBCODE: *JOBCODEID JOBNAME
         LOCATION: *LOCID LOCNAME
         CLINICVISIT: *VISITKEY EMPLOYEEID>EMPLOYEE VISITDATE VISITTYPEID>VISITTYPE PROVIDERID>PROVIDER CASENO>CASEFILE
         VISITTYPE: *VISITTYPEID VISITNAME
         PROVIDER: *PROVIDERID PROVNAME
         CASEFILE: *CASENO EMPLOYEEID>EMPLOYEE OPENEDDATE CASESTATUS
         AUDIOGRAM: *AUDIOID VISITKEY>CLINICVISIT EMPLOYEEID>EMPLOYEE L500 L1000 R500 R1000 TESTERID>PROVIDER
         SPIROMETRY: *SPIROID VISITKEY>CLINICVISIT FVC FEV1
         IMMUNIZATION: *IMMUNID EMPLOYEEID>EMPLOYEE VACCINEID>VACCINE LOTNUMBER DOSENO
         VACCINE: *VACCINEID VACCINENAME
         EXPOSURE: *EXPOSUREID EMPLOYEEID>EMPLOYEE AGENTID>AGENT LEVEL
         AGENT: *AGENTID AGENTNAME
         LABORDER: *LABORDERID VISITKEY>CLINICVISIT ORDERDATE
         LABRESULT: *LABRESULTID LABORDERID>LABORDER ANALYTEID>ANALYTE RESULTVALUE
         ANALYTE: *ANALYTEID ANALYTENAME",
    ),
    (
        "Telemedicine",
        "account: *id email
         person_role_type: *id role_type_tag_text
         region: *id region_tag_text
         languages_supported: *id language_text
         object_storage: *id bucket_text status_text region_id>region
         health_condition: *id comment
         layout_version: *id object_storage_id>object_storage syntax_version health_condition_id>health_condition
         patient: *id first_name account_id>account
         patient_address: *id patient_id>patient street_text
         patient_visit: *id patient_id>patient health_condition_id>health_condition layout_version_id>layout_version
         provider_role: *id provider_tag_text
         patient_care_provider_group: *id patient_id>patient created_date
         patient_care_provider_assignment: *id provider_role_id>provider_role assignment_group_id>patient_care_provider_group patient_id>patient
         diagnosis_type: *id tag_text
         diagnosis_strength: *id tag_text
         patient_diagnosis: *id diagnosis_type_id>diagnosis_type diagnosis_strength_id>diagnosis_strength patient_visit_id>patient_visit
         patient_layout_version: *id object_storage_id>object_storage language_id>languages_supported layout_version_id>layout_version health_condition_id>health_condition
         question: *id question_text parent_question_id>question
         potential_answer: *id question_id>question ordering
         info_intake: *id patient_visit_id>patient_visit question_id>question potential_answer_id>potential_answer layout_version_id>layout_version object_storage_id>object_storage parent_info_intake_id>info_intake parent_question_id>question
         drug_name: *id name
         drug_form: *id name
         drug_route: *id name
         drug_supplemental_instruction: *id drug_name_id>drug_name drug_form_id>drug_form drug_route_id>drug_route",
    ),
    (
        "Clinic with users",
        "users: *id name email role_id>roles
         roles: *id name
         clinics: *id name
         appointments: *id clinic_id>clinics dentist_id>users patient_id>users appointment_date status duration
         payments: *id patient_id>users processed_by>users amount
         prescriptions: *id appointment_id>appointments doctor_id>users notes
         jobs: *id clinic_id>clinics job_type_id>job_types assigned_user_id>users
         job_types: *id name",
    ),
    (
        "HR",
        "regions: *region_id region_name
         countries: *country_id= country_name region_id>regions
         locations: *location_id street_text city_text country_id>countries
         departments: *department_id department_name manager_id>employees location_id>locations
         jobs: *job_id= job_title min_salary max_salary
         employees: *employee_id first_name hire_date job_id>jobs salary commission_pct manager_id>employees department_id>departments
         job_history: +employee_id>employees +start_date end_date job_id>jobs department_id>departments",
    ),
    (
        "Classic models",
        "offices: *officeCode= city_text phone territory_text
         employees: *employeeNumber lastName extension officeCode>offices reportsTo>employees jobTitle
         customers: *customerNumber customerName phone creditLimit salesRepEmployeeNumber>employees
         orders: *orderNumber orderDate status comments customerNumber>customers
         orderdetails: +orderNumber>orders +productCode>products quantityOrdered priceEach orderLineNumber
         products: *productCode= productName productLine>productlines quantityInStock buyPrice
         productlines: *productLine= textDescription
         payments: +customerNumber>customers +checkNumber paymentDate amount",
    ),
    (
        "World",
        "country: *Code= Name Region_text IndepYear Population Capital>city
         city: *ID Name CountryCode>country District_text Population
         countrylanguage: +CountryCode>country +Language_text Percentage",
    ),
    (
        "Wide World Importers",
        "People: *PersonID FullName IsEmployee LastEditedBy>People
         Countries: *CountryID CountryName LatestRecordedPopulation LastEditedBy>People
         StateProvinces: *StateProvinceID StateProvinceName CountryID>Countries LastEditedBy>People
         Cities: *CityID CityName StateProvinceID>StateProvinces LastEditedBy>People
         DeliveryMethods: *DeliveryMethodID DeliveryMethodName LastEditedBy>People
         PaymentMethods: *PaymentMethodID PaymentMethodName LastEditedBy>People
         TransactionTypes: *TransactionTypeID TransactionTypeName LastEditedBy>People
         SupplierCategories: *SupplierCategoryID SupplierCategoryName LastEditedBy>People
         Suppliers: *SupplierID SupplierName SupplierCategoryID>SupplierCategories PrimaryContactPersonID>People AlternateContactPersonID>People DeliveryMethodID>DeliveryMethods DeliveryCityID>Cities PostalCityID>Cities PaymentDays
         BuyingGroups: *BuyingGroupID BuyingGroupName LastEditedBy>People
         CustomerCategories: *CustomerCategoryID CustomerCategoryName
         Customers: *CustomerID CustomerName BillToCustomerID>Customers CustomerCategoryID>CustomerCategories BuyingGroupID>BuyingGroups PrimaryContactPersonID>People DeliveryMethodID>DeliveryMethods DeliveryCityID>Cities CreditLimit
         Colors: *ColorID ColorName
         PackageTypes: *PackageTypeID PackageTypeName
         StockItems: *StockItemID StockItemName SupplierID>Suppliers ColorID>Colors UnitPackageID>PackageTypes OuterPackageID>PackageTypes LeadTimeDays QuantityPerOuter TaxRate
         Orders: *OrderID CustomerID>Customers SalespersonPersonID>People PickedByPersonID>People ContactPersonID>People BackorderOrderID>Orders OrderDate
         OrderLines: *OrderLineID OrderID>Orders StockItemID>StockItems PackageTypeID>PackageTypes Quantity PickedQuantity
         Invoices: *InvoiceID CustomerID>Customers BillToCustomerID>Customers OrderID>Orders DeliveryMethodID>DeliveryMethods AccountsPersonID>People TotalDryItems
         CustomerTransactions: *CustomerTransactionID CustomerID>Customers TransactionTypeID>TransactionTypes InvoiceID>Invoices PaymentMethodID>PaymentMethods",
    ),
    (
        "Intensive care",
        "patients: *subject_id gender_text dob_date expire_flag
         admissions: *hadm_id subject_id>patients admittime insurance_text
         icustays: *icustay_id subject_id>patients hadm_id>admissions los
         caregivers: *cgid label_text
         d_items: *itemid label_text
         d_labitems: *labitemid label_text
         d_icd_diagnoses: *icd9_code= short_title
         chartevents: *row_id subject_id>patients hadm_id>admissions icustay_id>icustays itemid>d_items cgid>caregivers valuenum error
         diagnoses_icd: *row_id subject_id>patients hadm_id>admissions seq_num icd9_code>d_icd_diagnoses
         labevents: *row_id subject_id>patients hadm_id>admissions labitemid>d_labitems valuenum
         noteevents: *row_id subject_id>patients hadm_id>admissions cgid>caregivers iserror
         transfers: *row_id subject_id>patients hadm_id>admissions icustay_id>icustays prev_wardid curr_wardid",
    ),
    (
        "Publishers",
        "authors: *au_id= au_lname_text contract
         publishers: *pub_id= pub_name
         titles: *title_id= title_text pub_id>publishers price advance royalty ytd_sales
         titleauthor: +au_id>authors +title_id>titles au_ord royaltyper
         stores: *stor_id= stor_name
         sales: +stor_id>stores +ord_num qty +title_id>titles
         jobs: *job_id job_desc min_lvl max_lvl
         employee: *emp_id= fname_text job_id>jobs job_lvl pub_id>publishers
         discounts: +discounttype_text stor_id>stores lowqty highqty",
    ),
    (
        "Legacy occupational health",
        "tblEmployees: *EmpNo LastName HireDate DeptCode>tblDepartments SupNo>tblEmployees
         tblDepartments: *DeptCode= DeptName
         tblVisits: *VisitNo EmpNo>tblEmployees VisitDate ReasonCode>tblReasons ProvCode>tblProviders
         tblReasons: *ReasonCode= ReasonText
         tblProviders: *ProvCode= ProvName
         tblHearing: *HearNo VisitNo>tblVisits EmpNo>tblEmployees Left500 Right500 Baseline
         tblPFT: *PFTNo VisitNo>tblVisits FVC FEV1
         tblMeds: *MedNo EmpNo>tblEmployees DrugCode>tblDrugs Qty
         tblDrugs: *DrugCode= DrugName
         tblInjuries: *InjNo EmpNo>tblEmployees CaseNo LostDays
         tblInjuryNotes: *NoteNo InjNo>tblInjuries NoteText",
    ),
];
